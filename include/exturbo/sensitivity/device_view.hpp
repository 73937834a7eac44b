// A sized design seen by its devices: how they are biased, who burns the power and makes the noise, and where the poles
// of the signal path lie.
// SPDX-License-Identifier: BSD-3-Clause
//
// Inversion: coefficient IC of the EKV model (Enz, Krummenacher & Vittoz, 1995) from gm/ID by
// gm n U_T / ID = 2 / (1 + sqrt(1 + 4 IC)); below 0.1 weak, above 10 strong. 1 / (n U_T) is the gm/ID of the device's
// own weak inversion, else n = 1 + gmbs/gm, U_T = k T / q: in BSIM the two slopes differ by 15 %, and with the second
// one no device of the 90 and 45 nm cards would ever be below 0.15. Power: of all that the cell's elements turn into
// heat (of a transistor |ID Vds|), ideal reference included. Noise: of the squared output noise density at the
// frequency of the metric. Poles: eigenvalues of the linear circuit that the operating points make of the testbench (no
// G / (2 pi C) per node, which a Miller capacitor makes meaningless). They are told only if that circuit has the gain,
// the unity-gain frequency and the phase margin that ngspice found; those that a zero cancels do not belong to the
// signal path.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "exturbo/problem/problem.hpp"
#include "exturbo/run/run_folder.hpp"
#include "exturbo/sizing/size.hpp"
#include "exturbo/spice/outcome.hpp"

namespace exturbo::sensitivity {

/// An element of the cell. A number that is not known, or means nothing for it, is absent.
struct DeviceEntry {
  std::string region;                           ///< As DeviceState::region; "": no transistor.
  std::optional<double> id;                     ///< A
  std::optional<double> gm_over_id;             ///< 1/V
  std::optional<double> inversion_coefficient;  ///< In saturation and weak inversion only.
  std::string inversion;                        ///< "weak", "moderate", "strong", or "".
  std::optional<double> vdsat, margin;          ///< V
  std::optional<double> power_share;
  std::optional<double> noise_share;       ///< At the frequency of the first noise metric.
  std::optional<double> noise_share_1meg;  ///< At that of input_noise_1meg.
};

/// What an element has in a pole: by which part the pole falls if its capacitances grow by a small part, and rises if
/// its conductances do.
struct PoleContribution {
  std::string element;
  double capacitance = 0;
  double conductance = 0;
};

struct Pole {
  double frequency = 0;                   ///< Hz, |p| / 2 pi.
  std::optional<double> quality;          ///< Of a complex pair.
  bool right_half_plane = false;          ///< Grows in time.
  std::string role;                       ///< "dominant", "second", "third", ... by frequency.
  std::string node;                       ///< ngspice's name of the node that takes part most.
  std::vector<PoleContribution> devices;  ///< Those with the largest parts, at most 4.
};

struct Zero {
  double frequency = 0;           ///< Hz, |z| / 2 pi.
  std::optional<double> quality;  ///< Of a complex pair.
  bool right_half_plane = false;
};

struct DeviceView {
  std::map<std::string, DeviceEntry> devices;  ///< By element name.
  std::vector<Pole> poles;   ///< By frequency, as far as they turn the phase at unity gain by 1 degree.
  std::vector<Zero> zeros;   ///< Likewise.
  std::string why_no_poles;  ///< "" if they are told.
};

/// EKV inversion coefficient of a transistor in saturation; temperature in degrees Celsius. Nothing without a current
/// or a transconductance. Where n gm U_T / ID is 1 or more, as only the limits of the model can make it, it is 0.
std::optional<double> inversion_coefficient(const spice::DeviceState& device, double temperature);

/// The view of an outcome that was asked for with Request::small_signal, on a corner of the problem. Pure function.
DeviceView view_devices(const problem::Problem& problem, const problem::Corner& corner,
                        const spice::CornerOutcome& outcome);

/// Simulates the design on the first corner with one worker. A design that fails gives an empty view that says why.
/// \param variables all of them, tied ones included. \throws core::EnvironmentError.
DeviceView view_devices(const problem::Problem& problem, const std::map<std::string, double>& variables,
                        const sizing::Machine& machine = {});

/// `devices`, `poles`, `zeros` of sensitivity.json, and `why_no_poles` where there are none.
run::Json to_json(const DeviceView& view);

}  // namespace exturbo::sensitivity
