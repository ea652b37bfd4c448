// The parts of a verification. Used inside this room only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/attempt/attempt.hpp"
#include "harness/verification/verification.hpp"

namespace onsite {

ProofLine holds(std::string about, std::string sentence);
ProofLine noted(std::string about, std::string sentence);
ProofLine broken(std::string about, std::string sentence);

std::string short_of(std::string_view hash);  // Its first twelve characters, harmless.

// No event is before the one that it follows, and the seal's clock is the log's.
std::vector<ProofLine> prove_clock(const std::vector<LoggedEvent>& events);

// Each stored grade is what was recorded, and the points are what the verdicts give.
std::vector<ProofLine> prove_grades(const VerifyRequest& request,
                                    const std::vector<LoggedEvent>& events);

}  // namespace onsite
