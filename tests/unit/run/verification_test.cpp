// The journal of a verification keeps what it was given, and only for the subject it is about.
// SPDX-License-Identifier: BSD-3-Clause
#include "exturbo/run/verification.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "exturbo/core/fault.hpp"
#include "exturbo/problem/load.hpp"
#include "support/tiny_manifest.hpp"
#include "support/tiny_problem.hpp"

using namespace exturbo;
using run::VerificationJournal;
using run::VerificationKey;

namespace {

const VerificationKey kCorner{"ss_125C", 0, {}};
const VerificationKey kSample{"tt_27C", 7, 3};
const run::VerificationRecord kGood{"ok", "", {{"gain", 0.1 + 0.2}}, {{"slew", "no edge"}}};
const run::VerificationRecord kFailed{"no_convergence", "why", {}, {}};

class Verifying : public ::testing::Test {
 protected:
  Verifying()
      : run_(run::RunFolder::create(folder_.path() / "run", problem::load_problem(test::write_tiny(folder_)).problem,
                                    test::tiny_manifest(1, 1))) {
    VerificationJournal journal(run_, kSubject);
    journal.append(kCorner, kGood);
    journal.append(kSample, kFailed);
  }
  std::filesystem::path file() const { return folder_.path() / "run/verify.jsonl"; }
  void add(const std::string& text) const { std::ofstream(file(), std::ios::app) << text; }

  const run::Json kSubject{{"design", {{"w", 1e-6}}}};
  test::TemporaryFolder folder_;
  run::RunFolder run_;
};

}  // namespace

TEST_F(Verifying, RecordsComeBackToTheSameDoubles) {
  const VerificationJournal journal(run_, kSubject);
  ASSERT_EQ(journal.records().size(), 2U);
  EXPECT_EQ(journal.records().at(kCorner).metrics, kGood.metrics);
  EXPECT_EQ(journal.records().at(kCorner).unmeasured, kGood.unmeasured);
  EXPECT_EQ(journal.records().at(kSample).reason, "why");
  EXPECT_FALSE(journal.records().contains({"tt_27C", 8, 3}));
}

TEST_F(Verifying, AnotherSubjectStartsAnew) {
  EXPECT_TRUE(VerificationJournal(run_, {{"design", {{"w", 2e-6}}}}).records().empty());
  EXPECT_TRUE(VerificationJournal(run_, kSubject).records().empty());
}

TEST_F(Verifying, ATornOrDamagedTailIsCutAndWrittenAgain) {
  for (const char* tail : {"{\"corner\": \"ff", "\n", "{\"corner\": 3}\n", "null\n"}) {
    add(tail);
    {
      VerificationJournal journal(run_, kSubject);
      ASSERT_EQ(journal.records().size(), 2U) << tail;
    }
    const std::string text = folder_.read("run/verify.jsonl");
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3) << tail;
  }
}

TEST_F(Verifying, TwoAtATimeAreRefused) {
  const VerificationJournal journal(run_, kSubject);
  EXPECT_THROW(VerificationJournal(run_, kSubject), core::EnvironmentError);
}
