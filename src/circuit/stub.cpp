#include "exturbo/circuit/netlist.hpp"
#include "exturbo/circuit/recognition.hpp"
#include "spice/netlist_text.hpp"
#include <algorithm>
namespace exturbo::circuit {
CircuitDescriptionResult read_netlist(const std::vector<std::string>& lines, const std::string&, const std::string& cell, const problem::Process*) {
  CircuitDescriptionResult r; auto cells=spice::subcircuits(lines); auto& c=cell.empty()?cells.begin()->second:cells.at(spice::lower_case(cell)); r.description.ports=c.ports;
  for (auto& s: c.body) { auto orig=s.text.substr(0,s.text.find_first_of(" \t")); auto w=spice::words(s.text); Component k; k.name=orig;
    if (w[0][0]=='m') { k.type=w[5][0]=='p'?"PMOS":"NMOS"; k.ports={{"Drain",w[1]},{"Gate",w[2]},{"Source",w[3]},{"Body",w[4]}}; for (size_t i=6;i<w.size();++i){auto e=w[i].find('='); k.parameters[w[i].substr(0,e)]=w[i].substr(e+1);} }
    else if (w[0][0]=='r'||w[0][0]=='c') { k.type=w[0][0]=='r'?"Res":"Cap"; k.ports={{"Pos",w[1]},{"Neg",w[2]}}; k.parameters["value"]=w[3]; }
    else continue; r.description.components.push_back(k);} return r; }
Recognition recognise(const CircuitDescription& d) { Recognition r; 
  // crude: cascode = source not rail & gate not drain
  for (auto& c: d.components) if (c.type=="NMOS"||c.type=="PMOS") { auto g=[&](const char*p){return c.ports.at(p);}; bool rail=g("Source")=="vdd"||g("Source")=="vss"; 
   if (g("Gate")=="inp"||g("Gate")=="inn") r.blocks.push_back({"differential_pair",{c.name},{}});
   else if (rail && g("Drain")=="out") r.blocks.push_back({"output_stage",{c.name},{}});
   else if (!rail && g("Gate")!=g("Drain")) { bool ctl=g("Gate")=="van"||g("Gate")=="vap"; r.blocks.push_back({ctl?"class_ab_control":"cascode",{c.name},{}}); }
   else if (rail && c.name!="M16" && c.name!="M19") r.blocks.push_back({"current_mirror",{c.name},{}}); }
  return r; }
}

namespace exturbo::circuit { std::string to_json(const CircuitDescription& d, const Recognition&) { return to_json(d); } std::vector<std::string> to_spice(const CircuitDescription&) { return {}; } }
