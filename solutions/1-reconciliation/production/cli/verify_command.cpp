// onsite reconcile verify: everything in a record that can be found out again is found out again.
#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/escape.hpp"
#include "solutions/1-reconciliation/production/cli/run.hpp"
#include "solutions/1-reconciliation/production/cli/stored.hpp"
#include "solutions/1-reconciliation/production/conclusion.hpp"
#include "solutions/1-reconciliation/production/input/snapshot.hpp"
#include "solutions/1-reconciliation/production/record/summary_json.hpp"
#include "solutions/1-reconciliation/production/strategies/hashing.hpp"

namespace onsite::reconcile {
namespace {

enum class Proven { good, wrong, never };  // Never: nobody can look at it again.

std::string_view to_string(Proven proven) {
    switch (proven) {
        case Proven::good:
            return "ok   ";
        case Proven::wrong:
            return "WRONG";
        case Proven::never:
            return "?    ";
    }
    std::abort();
}

// One thing that verify looked at.
struct Proof {
    std::string what;
    Proven proven = Proven::good;
    std::string found;  // When it is not good.
};
using Proofs = std::vector<Proof>;

constexpr const char* kOtherwise = "reading again gives others";

bool are_all(const Proofs& proofs, Proven proven) {
    return std::ranges::all_of(proofs, [=](const Proof& one) { return one.proven == proven; });
}

Proof compare(const std::string& what, bool is_same, const std::string& otherwise) {
    if (is_same) return {.what = what};
    return {.what = what, .proven = Proven::wrong, .found = otherwise};
}

// ---- Files ----

Proof prove_file(const std::string& what, const Result<FileRead>& now, std::uint64_t bytes,
                 const std::string& hash) {
    if (!now) return {what, Proven::wrong, now.error().message};
    if (now->hash != hash) return {what, Proven::wrong, "its content is not what was recorded"};
    return compare(what, now->bytes == bytes,
                   fmt::format("it has {} bytes, {} were recorded", now->bytes, bytes));
}

// Whether somebody in some folder may have called the file so.
bool may_be_called(const std::string& name, const std::filesystem::path& whole) {
    if (whole == "-") return name == "standard input";
    const auto called = std::filesystem::path(name).lexically_normal();
    if (called.is_absolute()) return called == whole;
    auto at = whole.end();
    for (auto part = called.end(); part != called.begin();) {
        if (*--part == "..") return true;  // Of a folder that is above.
        if (at == whole.begin() || *--at != *part) return false;
    }
    return true;
}

// The files as they are now; where they cannot be read again, what was recorded of them.
struct Inputs {
    Proofs proofs;
    std::array<std::vector<FileRead>, kSides> now;
};

void prove_input(Side side, const std::filesystem::path& path, const FileRead& recorded,
                 Inputs& inputs) {
    auto& now = inputs.now[static_cast<std::size_t>(side)].emplace_back(recorded);
    if (path == "-") {
        inputs.proofs.push_back({fmt::format("{} standard input", to_string(side)), Proven::never,
                                 "it came through a pipe and cannot be read again"});
    } else {
        auto read = hash_file(path);
        inputs.proofs.push_back(prove_file(fmt::format("{} {}", to_string(side), path.string()),
                                           read, recorded.bytes, recorded.hash));
        if (read) now = std::move(*read);
    }
    if (!may_be_called(recorded.path, path)) {
        inputs.proofs.push_back({fmt::format("{} {}", to_string(side), path.string()),
                                 Proven::wrong,
                                 fmt::format("the run called it {}", recorded.path)});
    }
}

Inputs prove_inputs(const RunRecord& record) {
    Inputs inputs;
    for (const Side side : {Side::ledger, Side::bank}) {
        const auto& paths = record.question.feed(side).files;
        const auto& files = record.summary.side(side).files;
        if (paths.size() != files.size()) {
            inputs.proofs.push_back({fmt::format("{} files", to_string(side)), Proven::wrong,
                                     fmt::format("the record names {} and has the hashes of {}",
                                                 paths.size(), files.size())});
        }
        for (std::size_t i = 0; i < std::min(paths.size(), files.size()); ++i) {
            prove_input(side, paths[i], files[i], inputs);
        }
    }
    return inputs;
}

// ---- What follows from the files and the settings ----

Proof prove_run(const RunRecord& record, const Inputs& inputs) {
    const std::string run =
        run_of(record.question, snapshot_of(inputs.now[0]), snapshot_of(inputs.now[1]));
    return compare("name of the run", run == record.run,
                   fmt::format("date, settings and files are those of {}", run));
}

Proof prove_key(const RunRecord& record) {
    std::array<std::vector<std::int64_t>, kSides> sizes;
    for (std::size_t side = 0; side < kSides; ++side) {
        auto found = file_sizes(record.question.feeds[side]);
        if (!found) return {"key", Proven::never, found.error().message};
        sizes[side] = std::move(*found);
    }
    return compare("key", key_of(record.question, sizes) == record.key,
                   "date, settings and sizes of files give another");
}

// ---- What the record says twice ----

// The columns of the table are what is listed, and by which a record is found.
Proof prove_columns(const StoredRun& stored) {
    const Json listed = to_json(stored.line);
    const Json recorded = to_json(line_of(stored.record));
    std::string others;
    for (const auto& [name, value] : recorded.items()) {
        if (listed.at(name) != value) others += (others.empty() ? "" : ", ") + name;
    }
    if (stored.key != stored.record.key)
        others += (others.empty() ? "" : ", ") + std::string("key");
    return compare("history", others.empty(), "the table has another " + others);
}

// What follows from the counts and sums, and so is not read with them.
Result<Proofs> prove_conclusions(const StoredRun& stored) {
    auto document = parse_json(stored.document, "run record");
    if (!document) return pass_on(document);
    const Json& recorded = (*document)["summary"];
    const Json follows = to_json(stored.record.summary);
    const std::string otherwise = "it does not follow from the counts and sums";
    const bool is_sketch = stored.record.making.strategy == Strategy::sketch;
    // Records of an earlier version have no warnings.
    const Json warnings = recorded.value("warnings", follows["warnings"]);
    return Proofs{compare("outcome", recorded["outcome"] == follows["outcome"], otherwise),
                  compare("warnings", warnings == follows["warnings"], otherwise),
                  compare("drift", recorded["drift_minor"] == follows["drift_minor"], otherwise),
                  compare("chance of the sketch",
                          stored.record.making.sketch_confidence_bits ==
                              (is_sketch ? kSketchConfidenceBits : 0),
                          "no run of this strategy has it")};
}

// ---- Results ----

std::vector<std::string> names_of(const std::vector<WrittenFile>& files) {
    std::vector<std::string> names;
    for (const WrittenFile& file : files) names.push_back(file.name);
    return names;
}

Proofs prove_outputs(const RunRecord& record) {
    const auto names = names_of(record.out_files);
    std::vector<std::string> expected;
    if (!record.out_folder.empty()) {
        const bool is_csv = std::ranges::find(names, "unmatched.csv") != names.end();
        for (const std::string kind : {"unmatched", "discrepancies", "rejected"}) {
            expected.push_back(kind + (is_csv ? ".csv" : ".ndjson"));
        }
        expected.insert(expected.end(), {"summary.json", "report.html"});
    }
    if (names != expected) {
        return {{"results", Proven::wrong,
                 fmt::format("{} files are recorded, a run leaves {} there", names.size(),
                             fmt::join(expected, ", "))}};
    }
    Proofs proofs;
    for (const WrittenFile& file : record.out_files) {
        const auto path = std::filesystem::path(record.out_folder) / file.name;
        proofs.push_back(
            prove_file("result " + path.string(), hash_file(path), file.bytes, file.hash));
    }
    return proofs;
}

// ---- Findings ----

// Everything anew, with another key and other strategies at liberty.
Result<Proofs> prove_findings(const RunRecord& record, const Machine& machine) {
    const auto keep = [](RunRecord made) -> Result<RunRecord> { return made; };
    Settings settings;
    settings.memory_bytes = record.making.memory_bytes;
    RunOrder order = {
        .question = record.question, .settings = settings, .key = record.key, .names = FileNames()};
    for (std::size_t side = 0; side < kSides; ++side) {
        for (const FileRead& file : record.summary.sides[side].files) {
            (*order.names)[side].push_back(file.path);
        }
    }
    auto again = make_run(order, machine, keep);
    if (!again) return pass_on(again);
    Json before = to_json(record.summary);
    Json after = to_json(again->summary);
    for (Json* const summary : {&before, &after}) {
        // They were compared by themselves, and are named as on the command line.
        for (const char* const side : {"ledger", "bank"}) (*summary)[side].erase("files");
    }
    return Proofs{compare("counts and sums", before == after, kOtherwise),
                  compare("samples", again->samples == record.samples, kOtherwise),
                  compare("findings", again->findings_hash == record.findings_hash, kOtherwise)};
}

Result<Proofs> prove(const StoredRun& stored, const Machine& machine) {
    const RunRecord& record = stored.record;
    Inputs inputs = prove_inputs(record);
    Proofs proofs = inputs.proofs;
    const auto add = [&](Proofs more) { std::ranges::move(more, std::back_inserter(proofs)); };
    add({prove_run(record, inputs), prove_key(record), prove_columns(stored)});
    auto conclusions = prove_conclusions(stored);
    if (!conclusions) return conclusions;
    add(std::move(*conclusions));
    add(prove_outputs(record));
    if (are_all(inputs.proofs, Proven::good)) {
        auto findings = prove_findings(record, machine);
        if (!findings) return findings;
        add(std::move(*findings));
    }
    return proofs;
}

}  // namespace

Result<int> verify_command(const RecordWords& words, const Machine& machine) {
    auto stored = find_run(words);
    if (!stored) return pass_on(stored);
    auto proofs = prove(*stored, machine);
    if (!proofs) return pass_on(proofs);
    std::string text;
    for (const Proof& proof : *proofs) {
        const std::string line =
            fmt::format("{}{}{}", proof.what, proof.found.empty() ? "" : ": ", proof.found);
        text += fmt::format("{}  {}\n", to_string(proof.proven), harmless(line, Lines::one));
    }
    const bool is_true = are_all(*proofs, Proven::good);
    text += is_true ? "verified: the record is true\n"
                    : "not verified: see the lines that do not begin with ok\n";
    machine.console.print(text);
    return is_true ? 0 : 1;
}

}  // namespace onsite::reconcile
