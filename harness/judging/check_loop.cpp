#include "harness/judging/check_loop.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/json.hpp"
#include "harness/isolation/isolation_json.hpp"

namespace onsite {
namespace {

class Events {
public:
    explicit Events(std::ostream& out) : out_(out) {}

    void begin(const std::string& check) { say({{"event", "check"}, {"name", check}}); }
    void judge(const Verdict& verdict) {
        say({{"event", "verdict"}, {"verdict", to_json(verdict)}});
        ++verdicts_;
    }
    void end(const IsolationReport& isolation) {
        say({{"event", "end"}, {"verdicts", verdicts_}, {"isolation", to_json(isolation)}});
    }

private:
    void say(const Json& line) { out_ << to_text(line) << '\n' << std::flush; }

    std::ostream& out_;
    int verdicts_ = 0;
};

bool is_wanted(const CheckJob& job, const Check& check) {
    if (!job.only.empty()) return check.name == job.only;
    if (job.is_full) return true;
    return check.scope == CheckScope::every_save && check.followup <= job.followups;
}

Verdict judge(const CheckJob& job, const Check& check) {
    if (check.followup > job.followups) {
        return not_run(check.name,
                       fmt::format("revealed by follow-up {}: ./onsite next", check.followup));
    }
    Result<Verdict> verdict = check.run();
    if (verdict) return std::move(*verdict);
    Verdict fault = not_run(check.name, verdict.error().message);
    fault.cause = Cause::grader_fault;
    return fault;
}

Verdict unknown_check(const std::string& name, std::span<const Check> checks) {
    std::vector<std::string_view> known;
    for (const Check& check : checks) known.push_back(check.name);
    return not_run(name, fmt::format("expected the name of a check, one of: {}; found \"{}\"",
                                     fmt::join(known, ", "), name));
}

}  // namespace

void run_checks(const CheckJob& job, std::span<const Check> checks,
                const std::function<IsolationReport()>& isolation, std::ostream& out) {
    Events events(out);
    const auto is_asked_for = [&](const Check& check) { return is_wanted(job, check); };
    if (!job.only.empty() && std::ranges::none_of(checks, is_asked_for)) {
        events.judge(unknown_check(job.only, checks));
    }
    for (const Check& check : checks) {
        if (!is_asked_for(check)) continue;
        events.begin(check.name);
        events.judge(judge(job, check));
    }
    events.end(isolation());
}

IsolationReport nothing_was_run() {
    return {.layers = LayerSet::none(),
            .level = IsolationLevel::full,
            .notes = {"documents: nothing of the candidate's was run"}};
}

Result<CheckJob> read_check_job(std::istream& in) {
    const std::string text(std::istreambuf_iterator<char>(in), {});
    auto value = parse_json(text, "the check job on stdin");
    if (!value) return pass_on(value);
    return check_job_from_json(*value);
}

int check_main(std::string_view program, const JudgeJob& judge) {
    const auto fail = [&](const Error& error) {
        std::cerr << program << ": " << error.message << '\n';
        return exit_status_of(error.kind);
    };
    const auto job = read_check_job(std::cin);
    if (!job) return fail(job.error());
    if (auto judged = judge(*job, std::cout); !judged) return fail(judged.error());
    return std::cout ? EXIT_SUCCESS : kExitToolFailed;
}

}  // namespace onsite
