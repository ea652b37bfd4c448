#include "harness/grading/grader.hpp"

#include <algorithm>
#include <array>
#include <system_error>

#include <fmt/format.h>

#include "base/files.hpp"
#include "harness/grading/mutants.hpp"
#include "harness/grading/sources.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kCasesBytesMax = 4 * kMiB;

// Everything that one grading needs to hand on.
struct Work {
    const Exercise& exercise;
    const GradeRequest& request;
    const Places& places;
    const Cancel& cancel;
    const Progress& progress;
    Clock& clock;

    ToolchainPlaces toolchain() const {
        return {.kit = places.build / "subjects" / exercise.folder_name(),
                .output = places.build / "programs"};
    }
    Optimization optimization() const {
        return request.thoroughness == Thoroughness::fast ? Optimization::quick_build
                                                          : Optimization::quick_run;
    }
    Result<BuildResult> build(const Source& source) const {
        return build_subject(source, optimization(), toolchain(), request.layers, clock,
                             request.compile_cpu_seconds);
    }
};

std::string toolchain_of(const Language& language, Optimization optimization) {
    if (language.name == "cpp") {
        return fmt::format("g++ {} {}", ONSITE_GXX_VERSION,
                           optimization == Optimization::quick_build ? "-O0" : "-O2");
    }
    return language.name == "python" ? "python3" : "esbuild, node";
}

// One of ours that has to build: the reference or a mutant.
Result<Subject> build_ours(const Work& work, const Source& source) {
    auto built = work.build(source);
    if (!built) return pass_on(built);
    if (!built->is_built) {
        return tool_error(
            fmt::format("the {} does not compile: {}", source.name, built->diagnostics));
    }
    return built->subject;
}

Result<void> add_reference(const Work& work, CheckJob& job) {
    work.progress("building the reference");
    auto source = load_source("reference", work.request.language,
                              std::array{work.exercise.solution_of(work.request.language)});
    if (!source) return pass_on(source);
    auto subject = build_ours(work, *source);
    if (!subject) return pass_on(subject);
    job.reference = std::move(*subject);
    return {};
}

Result<void> add_mutants(const Work& work, CheckJob& job) {
    auto mutants = load_mutants(work.places.root, work.exercise);
    if (!mutants) return pass_on(mutants);
    for (const Mutant& mutant : *mutants) {
        if (!mutant.is_seen_by_tests || mutant.followup > work.request.followups) continue;
        // There are many, and each takes a second: run_checks() finds the job given up, too.
        if (work.cancel.is_wanted()) return {};
        work.progress("building the wrong solution " + mutant.name);
        auto subject = build_ours(work, mutant.source);
        if (!subject) return pass_on(subject);
        job.mutants.push_back({mutant.name, mutant.followup, std::move(*subject)});
    }
    return {};
}

// What every check program is told.
Result<CheckJob> make_plain_job(const Work& work) {
    const GradeRequest& request = work.request;
    CheckJob job;
    job.tests = request.tests;
    job.seed = request.seed;
    job.followups = request.followups;
    job.is_full = request.thoroughness == Thoroughness::full;
    job.only = request.only;
    job.only_case = request.only_case;
    job.growth_rows_max = request.growth_rows_max;
    job.memory_rows_max = request.memory_rows_max;
    job.property_cases = request.property_cases;
    job.layers = request.layers;
    const fs::path cases_file = work.exercise.folder / "cases.json";
    if (!fs::exists(cases_file)) return job;
    auto cases = read_file(cases_file, kCasesBytesMax);
    if (!cases) return pass_on(cases);
    job.visible_cases = std::move(*cases);
    return job;
}

Result<CheckJob> job_about_documents(const Work& work) {
    auto job = make_plain_job(work);
    if (!job) return job;
    auto model = load_source("model answer", work.request.language,
                             std::array{work.exercise.solution_of(work.request.language)});
    if (!model) return pass_on(model);
    job->documents = work.request.source.files;
    job->model_answer = std::move(model->files);
    return job;
}

Result<CheckJob> job_about(const Work& work, Subject subject) {
    const GradeRequest& request = work.request;
    auto made = make_plain_job(work);
    if (!made) return made;
    CheckJob& job = *made;
    job.subject = std::move(subject);
    if (request.limits) job.subject.limits = *request.limits;
    if (!job.is_full || !job.only_case.empty()) return made;
    if (auto added = add_reference(work, job); !added) return pass_on(added);
    const bool runs_tests = request.only.empty() || request.only == kOwnTestsCheck;
    if (request.tries_mutants && runs_tests && !request.tests.empty()) {
        if (auto added = add_mutants(work, job); !added) return pass_on(added);
    }
    return made;
}

// What does not build cannot be right: every check fails, and says why.
Result<std::vector<Verdict>> failures_to_compile(const Exercise& exercise,
                                                 const std::string& diagnostics) {
    auto rubric = load_rubric(exercise);
    if (!rubric) return pass_on(rubric);
    std::vector<Verdict> verdicts;
    for (const Criterion& criterion : rubric->criteria) {
        for (const std::string& check : criterion.checks) {
            verdicts.push_back(failed(check, Cause::compile, "the answer does not compile"));
        }
    }
    if (!verdicts.empty()) verdicts.front().evidence.story = diagnostics;
    return verdicts;
}

Result<CheckRun> run_checks(const Work& work, Result<CheckJob> job) {
    if (!job) return pass_on(job);
    if (work.cancel.is_wanted()) return CheckRun{.is_cancelled = true};
    return run_check_program(work.places.build / "bin" / ("onsite-check-" + work.exercise.slug),
                             *job, work.cancel, work.progress);
}

}  // namespace

Result<Grading> grade(const Exercise& exercise, const GradeRequest& request, const Places& places,
                      const Cancel& cancel, const Progress& progress, Clock& clock) {
    const Work work{exercise, request, places, cancel, progress, clock};
    if (exercise.contract == ContractKind::document) {
        auto run = run_checks(work, job_about_documents(work));
        if (!run) return pass_on(run);
        return Grading{.is_built = true,
                       .diagnostics = {},
                       .content_hash = content_hash(request.source),
                       .toolchain = kDocuments,
                       .run = std::move(*run)};
    }
    progress("compiling");
    auto built = work.build(request.source);
    if (!built) return pass_on(built);
    Grading grading{.is_built = built->is_built,
                    .diagnostics = built->diagnostics,
                    .content_hash = content_hash(request.source),
                    .toolchain = toolchain_of(request.language, work.optimization()),
                    .run = {}};
    if (!built->is_built) {
        auto verdicts = failures_to_compile(exercise, built->diagnostics);
        if (!verdicts) return pass_on(verdicts);
        grading.run.verdicts = std::move(*verdicts);
        grading.run.isolation = built->isolation;
        return grading;
    }
    auto run = run_checks(work, job_about(work, std::move(built->subject)));
    if (!run) return pass_on(run);
    grading.run = std::move(*run);
    return grading;
}

void prune_programs(const fs::path& programs, std::size_t kept) {
    std::vector<std::pair<fs::file_time_type, fs::path>> folders;
    std::error_code ignored;  // A folder that cannot be removed now is tried again next time.
    for (const auto& entry : fs::directory_iterator(programs, ignored)) {
        folders.emplace_back(entry.last_write_time(ignored), entry.path());
    }
    if (folders.size() <= kept) return;
    std::ranges::sort(folders, std::greater{});
    for (const auto& [when, folder] : std::span(folders).subspan(kept)) {
        fs::remove_all(folder, ignored);
    }
}

}  // namespace onsite
