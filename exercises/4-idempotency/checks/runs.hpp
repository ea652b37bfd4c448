// The runs that the checks look at, made once: the visible incident, new ones of its family, and
// everything that ever went wrong (scenarios/catalog).
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "exercises/4-idempotency/checks/verdicts.hpp"
#include "exercises/4-idempotency/checks/workers.hpp"
#include "scenarios/format/scenario.hpp"

namespace onsite::idempotency {

enum class Group { incident, family, catalogue };
std::string_view to_string(Group group);

// Of one group.
struct GroupRuns {
    std::size_t runs = 0;
    std::size_t symptoms = 0;         // Runs in which a reused key leads to one.
    std::string symptom = {};         // Of the first of them.
    std::size_t without_payment = 0;  // Runs in which nobody is charged, though somebody can be.
    // By promise: in how many runs it was the first one to break, and the first such run. `truth`
    // counts whenever it breaks: that an order is called paid is never a mere consequence. `keys`
    // and `once` also count behind `manners`, which lead to neither.
    struct Broken {
        std::size_t runs = 0;
        Finding finding = {};
        std::string also = {};      // Promises that broke later, in the same run.
        std::string scenario = {};  // As text.
        std::string id = {};
        bool is_flaky = false;  // In fresh processes it did not happen again.
    };
    std::map<Promise, Broken> broken = {};
    std::optional<Failure> failure = {};  // The client cannot be judged.
    std::string failed_in = {};           // The scenario's id.

    // Why these runs prove nothing: a client that pays nobody in most of them breaks no promise
    // about keys, charges and retries, and keeps none.
    std::optional<std::string> nothing_proven() const;
};

// Thread safety: none. REQUIRES: the workers outlive it.
class Runs {
public:
    using Scenarios = std::map<Group, std::vector<scenarios::Scenario>>;
    using Played = std::map<Group, GroupRuns>;
    Runs(Scenarios scenarios, Workers& workers)
        : scenarios_(std::move(scenarios)), workers_(workers) {}

    // Plays them when nobody asked before. Errors: tool.
    Result<const GroupRuns*> of(Group group);
    // What was asked for up to now.
    const Played& played() const { return played_; }

private:
    Result<GroupRuns> play_all(const std::vector<scenarios::Scenario>& all);
    Result<Judged> play_once(const scenarios::Scenario& scenario);
    Result<void> add(const scenarios::Scenario& scenario, const Judged& judged, GroupRuns& runs);
    Result<bool> happens_again(const scenarios::Scenario& scenario, Promise promise);

    Scenarios scenarios_;
    Workers& workers_;
    Played played_ = {};
};

// The scenarios of a cases.json: {"cases": [...]}. Errors: usage.
Result<std::vector<scenarios::Scenario>> cases_from(std::string_view text);
// Every scenario of the catalogue's folder, each with names of its own. Errors: usage.
Result<std::vector<scenarios::Scenario>> old_failures(const std::filesystem::path& folder);
// `count` made-up incidents. The seed says which ones.
std::vector<scenarios::Scenario> family_of(std::uint64_t seed, std::size_t count);

}  // namespace onsite::idempotency
