#include "exercises/3-subscriptions/checks/checks.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/escape.hpp"
#include "exercises/3-subscriptions/checks/rules.hpp"
#include "harness/documents/honesty.hpp"

namespace onsite::subscriptions {
namespace {

constexpr std::size_t kStoriesMax = 4;

Verdict failure(const std::string& check, std::string message) {
    Verdict verdict = failed(check, Cause::wrong_answer, std::move(message));
    verdict.cases = 1;
    return verdict;
}

// ---- api.yaml

using Rules = std::span<const Rule> (*)();

Verdict judge_api(const Material& material, const std::string& check, Rules rules) {
    if (!material.api) return failure(check, harmless(material.api.error().message, Lines::one));
    return judge(check, rules(), *material.api, material.api_text);
}

// ---- The machine

Verdict judge_soundness(const Material& material, const std::string& check) {
    if (!material.has_machine) {
        return failure(check, "expected the block ```machine in decisions.md, found none");
    }
    if (material.machine.transitions.empty() && material.machine.problems.empty()) {
        return failure(check, "expected transitions in the block ```machine, found none");
    }
    std::vector<MachineProblem> problems = material.machine.problems;
    std::ranges::copy(unsound_parts(material.machine), std::back_inserter(problems));
    const std::size_t lines = material.machine.transitions.size();
    if (problems.empty()) {
        return passed(check, lines, fmt::format("{} transitions, all sound", lines));
    }
    Verdict verdict = failure(
        check, fmt::format("expected a machine whose every line can act and "
                           "ends well, found {} problems; line {}: {}",
                           problems.size(), problems.front().line, problems.front().message));
    for (const MachineProblem& problem : problems) {
        verdict.evidence.story +=
            fmt::format("decisions.md:{}: {}\n", problem.line, problem.message);
    }
    return verdict;
}

Verdict judge_lives(const Material& material, const std::string& check, std::string_view topic) {
    std::size_t played = 0;
    std::size_t right = 0;
    std::string stories;
    std::size_t told = 0;
    for (const Life& life : material.lives) {
        if (life.topic != topic) continue;
        ++played;
        const auto story = misstep(material.machine, life, "decisions.md");
        if (!story) {
            ++right;
        } else if (++told <= kStoriesMax) {
            stories += *story;
        }
    }
    if (right == played) {
        return passed(check, played, fmt::format("{} lives go as they should", played));
    }
    Verdict verdict =
        failure(check, fmt::format("{} of {} lives go as they should", right, played));
    verdict.cases = played;
    verdict.percent = static_cast<int>(100 * right / played);
    verdict.evidence.story = std::move(stories);
    return verdict;
}

// The statuses that the API shows; empty when it shows none.
std::set<std::string> statuses_of(const Api& api, int& line) {
    std::set<std::string> statuses;
    const ApiOperation* read = api.ending("get", "/subscriptions/{}");
    const ApiResponse* success = read == nullptr ? nullptr : success_of(*read);
    if (success == nullptr) return statuses;
    const YamlNode* status = api.document().property(json_schema(success->contents), "status");
    if (status == nullptr) return statuses;
    line = status->line;
    for (const char* key : {"enum", "x-extensible-enum"}) {
        const YamlNode* values = api.document().keyword(status, key);
        if (values == nullptr) continue;
        for (const YamlNode& value : values->items) {
            if (value.is_scalar()) statuses.insert(value.text);
        }
    }
    return statuses;
}

std::set<std::string> states_of(const Machine& machine) {
    std::set<std::string> states;
    for (const Transition& transition : machine.transitions) {
        states.insert(transition.from.begin(), transition.from.end());
        if (!transition.to.empty()) states.insert(transition.to);
    }
    states.erase(std::string(kNoState));
    return states;
}

Verdict judge_agreement(const Material& material, const std::string& check) {
    if (!material.api) return failure(check, harmless(material.api.error().message, Lines::one));
    int line = 1;
    const auto shown = statuses_of(*material.api, line);
    const auto declared = states_of(material.machine);
    if (shown.empty() || declared.empty()) {
        return failure(check,
                       "expected an enum status in a subscription, and a machine with the "
                       "same states");
    }
    std::vector<std::string> apart;
    std::ranges::set_symmetric_difference(shown, declared, std::back_inserter(apart));
    if (apart.empty()) return passed(check, shown.size(), "both have the same states");
    Verdict verdict =
        failure(check, "expected the statuses of api.yaml to be the states of the machine");
    for (const std::string& state : apart) {
        verdict.evidence.story +=
            fmt::format("api.yaml:{}: {} is only {}\n", line,
                        harmless(state.substr(0, kMachineLineBytesMax), Lines::one),
                        shown.contains(state) ? "here" : "in the machine of decisions.md");
    }
    return verdict;
}

Verdict judge_honesty(const Material& material) {
    const Reading& decisions = material.decisions_reading;
    const Reading& api = material.api_reading;
    const DescribedApi& described = material.api_descriptions;
    const std::array documents = {
        DocumentTricks{
            .name = "decisions.md", .document = decisions.written, .found = decisions.tricks},
        DocumentTricks{.name = "api.yaml", .document = api.written, .found = api.tricks},
        DocumentTricks{.name = "api.yaml", .document = described.prose, .found = described.heaps}};
    return reads_honestly(documents);
}

// ---- The table of all

Check make(std::string name, int followup, std::function<Verdict(const std::string&)> run) {
    auto judged = [name, run = std::move(run)]() -> Result<Verdict> { return run(name); };
    return {.name = std::move(name),
            .followup = followup,
            .scope = CheckScope::every_save,
            .run = std::move(judged)};
}

struct RuleCheck {
    const char* name;
    int followup;
    Rules rules;
};
constexpr RuleCheck kRuleChecks[] = {
    {"operations_cover_the_brief", 0, endpoint_rules},
    {"writes_are_safe_to_repeat", 0, idempotency_rules},
    {"amounts_are_exact", 0, amount_rules},
    {"money_cannot_be_misread", 0, money_rules},
    {"lists_are_stable", 0, list_rules},
    {"errors_say_what_to_do", 0, error_rules},
    {"versions_can_move", 0, version_rules},
    {"webhooks_can_be_believed", 0, webhook_rules},
    {"the_first_day_works", 0, developer_rules},
    {"pausing_has_operations", 1, pausing_rules},
    {"deprecation_is_announced", 2, deprecation_rules},
};

struct LifeCheck {
    const char* name;
    int followup;
    const char* topic;
};
constexpr LifeCheck kLifeChecks[] = {
    {"first_payments_go_right", 0, "first_payment"},
    {"trials_go_right", 0, "trials"},
    {"cancellations_go_right", 0, "cancellation"},
    {"failed_payments_go_right", 0, "failed_payments"},
    {"plan_changes_go_right", 0, "plan_changes"},
    {"pauses_go_right", 1, "pausing"},
};

}  // namespace

Result<Material> read_material(const Texts& written, const Texts& model_answer,
                               std::string_view cases) {
    auto lives = lives_from_json(cases, "cases.json");
    if (!lives) return pass_on(lives);
    auto sums = sums_from_json(cases, "cases.json");
    if (!sums) return pass_on(sums);
    DescribedApi described = read_descriptions(written.api);
    Material material{
        .api_text = std::string(written.api),
        .api = Api::read(described.judged, "api.yaml"),
        .api_reading = read_document(written.api, model_answer.api, Form::code),
        .api_descriptions = std::move(described),
        .decisions_reading = read_document(written.decisions, model_answer.decisions, Form::prose),
        .decisions = {},
        .machine = {},
        .lives = std::move(*lives),
        .sums = std::move(*sums)};
    material.decisions = page_of(material.decisions_reading.judged);
    if (const FencedBlock* block = find_block(material.decisions, "machine")) {
        material.machine = read_machine(*block);
        material.has_machine = true;
    }
    return material;
}

std::vector<Check> all_checks(const Material& material) {
    std::vector<Check> checks;
    for (const RuleCheck& one : kRuleChecks) {
        checks.push_back(make(one.name, one.followup, [&material, one](const std::string& name) {
            return judge_api(material, name, one.rules);
        }));
    }
    checks.push_back(make("machine_is_sound", 0, [&material](const std::string& name) {
        return judge_soundness(material, name);
    }));
    checks.push_back(make("api_and_machine_agree", 0, [&material](const std::string& name) {
        return judge_agreement(material, name);
    }));
    for (const LifeCheck& one : kLifeChecks) {
        checks.push_back(make(one.name, one.followup, [&material, one](const std::string& name) {
            return judge_lives(material, name, one.topic);
        }));
    }
    checks.push_back(make("proration_sums_are_right", 0, [&material](const std::string& name) {
        return judge_sums(name, material.decisions, material.sums);
    }));
    checks.push_back(make("decision_records_are_complete", 0, [&material](const std::string& name) {
        return judge_records(name, material.decisions);
    }));
    checks.push_back(make(kHonestyCheck, 0,
                          [&material](const std::string&) { return judge_honesty(material); }));
    return checks;
}

}  // namespace onsite::subscriptions
