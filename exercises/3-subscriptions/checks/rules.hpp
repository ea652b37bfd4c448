// The rules that api.yaml is judged by: one sentence, one reason, one small function each.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "exercises/3-subscriptions/checks/api.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite::subscriptions {

struct RuleFinding {
    int line = 0;  // Of api.yaml; 1 when there is nothing to point at.
    std::string problem;
};

// What a rule found out.
class Ruling {
public:
    // One place was judged; when the rule does not hold there, the problem is noted.
    void expect(bool holds, int line, std::string problem) {
        ++judged_;
        if (!holds) findings_.push_back({line, std::move(problem)});
    }
    std::uint64_t judged() const { return judged_; }
    const std::vector<RuleFinding>& findings() const { return findings_; }
    // A rule that found nothing to judge does not hold: absence of proof is never a pass.
    bool holds() const { return judged_ > 0 && findings_.empty(); }

private:
    std::uint64_t judged_ = 0;
    std::vector<RuleFinding> findings_;
};

struct Rule {
    const char* id;
    const char* sentence;
    const char* why;
    const char* source;
    void (*judge)(const Api&, Ruling&);
};

// The results do not depend on the order of keys in the document.
std::span<const Rule> endpoint_rules();
std::span<const Rule> pausing_rules();
std::span<const Rule> idempotency_rules();
std::span<const Rule> amount_rules();
std::span<const Rule> money_rules();
std::span<const Rule> list_rules();
std::span<const Rule> error_rules();
std::span<const Rule> version_rules();
std::span<const Rule> deprecation_rules();
std::span<const Rule> webhook_rules();
std::span<const Rule> developer_rules();

// Judges all of some rules: percent is the share that holds, the story quotes the lines of `text`,
// which is what the api was read from.
Verdict judge(const std::string& check, std::span<const Rule> rules, const Api& api,
              std::string_view text);

}  // namespace onsite::subscriptions
