// onsite reconcile history, show, verify: what was recorded, and whether it is true.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "solutions/1-reconciliation/production/cli/run.hpp"
#include "solutions/1-reconciliation/production/input/snapshot.hpp"
#include "solutions/1-reconciliation/production/output/numbers.hpp"
#include "solutions/1-reconciliation/production/output/reports.hpp"
#include "solutions/1-reconciliation/production/record/run_store.hpp"
#include "solutions/1-reconciliation/production/record/summary_json.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::size_t kRunDigits = 12;

Result<RunRecord> find_run(const RecordWords& words) {
    const bool is_name =
        !words.run.empty() && words.run.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!is_name) {
        return usage_error(fmt::format(
            "expected the name of a run, hexadecimal digits, found \"{}\". onsite reconcile "
            "history lists the names.",
            words.run));
    }
    auto store = open_run_store(words.record);
    if (!store) return pass_on(store);
    auto record = (*store)->find(words.run);
    if (!record) return pass_on(record);
    if (*record) return std::move(**record);
    return usage_error(fmt::format(
        "expected a recorded run that begins with {}, found none. onsite reconcile history lists "
        "them.",
        words.run));
}

Json to_json(const RunLine& line) {
    return {{"run", line.run},
            {"date", line.date},
            {"recorded_at", line.recorded_at},
            {"outcome", line.outcome},
            {"ledger_rows", line.ledger_rows},
            {"bank_rows", line.bank_rows},
            {"differences", line.differences},
            {"rejected", line.rejected}};
}

std::string table_of(const std::vector<RunLine>& lines) {
    std::string text = fmt::format("{:<13}{:<12}{:<22}{:>14}{:>14}{:>13}{:>11}\n", "run", "date",
                                   "recorded", "ledger", "bank", "differences", "rejected");
    for (const RunLine& line : lines) {
        text += fmt::format("{:<13}{:<12}{:<22}{:>14}{:>14}{:>13}{:>11}\n",
                            line.run.substr(0, kRunDigits), line.date, line.recorded_at,
                            with_thousands(line.ledger_rows), with_thousands(line.bank_rows),
                            with_thousands(line.differences), with_thousands(line.rejected));
    }
    return text;
}

// One thing that verify looked at.
struct Proof {
    std::string what;
    bool is_good = false;
    std::string found;  // When it is not good.
};

Proof prove_file(const std::string& what, const std::filesystem::path& path,
                 const std::string& hash, const Machine& machine) {
    auto read = hash_file(path, machine.stop);
    if (!read) return {what, false, read.error().message};
    return {what, read->hash == hash, "its content is not what was recorded"};
}

std::vector<Proof> prove_inputs(const RunRecord& record, const Machine& machine) {
    std::vector<Proof> proofs;
    for (const Side side : {Side::ledger, Side::bank}) {
        const auto& paths = record.question.feed(side).files;
        const auto& files = record.summary.side(side).files;
        for (std::size_t i = 0; i < files.size(); ++i) {
            const std::string what = fmt::format("{} {}", to_string(side), paths[i].string());
            proofs.push_back(prove_file(what, paths[i], files[i].hash, machine));
        }
    }
    return proofs;
}

std::vector<Proof> prove_outputs(const RunRecord& record, const Machine& machine) {
    std::vector<Proof> proofs;
    for (const WrittenFile& file : record.out_files) {
        const auto path = std::filesystem::path(record.out_folder) / file.name;
        proofs.push_back(prove_file("result " + path.string(), path, file.hash, machine));
    }
    return proofs;
}

// Everything anew, with another key and other strategies at liberty.
Result<std::vector<Proof>> prove_findings(const RunRecord& record, const Machine& machine) {
    const auto keep = [](RunRecord made) -> Result<RunRecord> { return made; };
    const RunOrder order = {.question = record.question, .settings = {}, .key = record.key};
    auto again = make_run(order, machine, keep);
    if (!again) return pass_on(again);
    Json before = to_json(record.summary);
    Json after = to_json(again->summary);
    for (Json* const summary : {&before, &after}) {
        // Named as they were on the command line; content counts.
        for (const char* const side : {"ledger", "bank"}) (*summary)[side].erase("files");
    }
    return std::vector<Proof>{
        {"counts and sums", before == after, "reading again gives others"},
        {"findings", again->findings_hash == record.findings_hash, "reading again gives others"}};
}

}  // namespace

Result<int> history_command(const RecordWords& words, const Machine& machine) {
    auto store = open_run_store(words.record);
    if (!store) return pass_on(store);
    auto lines = (*store)->history(words.limit);
    if (!lines) return pass_on(lines);
    if (words.as_json) {
        Json list = Json::array();
        for (const RunLine& line : *lines) list.push_back(to_json(line));
        machine.console.print(to_text(list) + "\n");
    } else if (lines->empty()) {
        machine.console.print("no runs are recorded yet: onsite reconcile LEDGER BANK makes one\n");
    } else {
        machine.console.print(table_of(*lines));
    }
    return 0;
}

Result<int> show_command(const RecordWords& words, const Machine& machine) {
    auto record = find_run(words);
    if (!record) return pass_on(record);
    machine.console.print(words.as_json ? to_text(to_json(*record)) + "\n" : text_report(*record));
    return 0;
}

Result<int> verify_command(const RecordWords& words, const Machine& machine) {
    auto record = find_run(words);
    if (!record) return pass_on(record);
    std::vector<Proof> proofs = prove_inputs(*record, machine);
    const bool can_read_again =
        std::ranges::all_of(proofs, [](const Proof& proof) { return proof.is_good; });
    std::ranges::move(prove_outputs(*record, machine), std::back_inserter(proofs));
    if (can_read_again) {
        auto more = prove_findings(*record, machine);
        if (!more) return pass_on(more);
        std::ranges::move(*more, std::back_inserter(proofs));
    }
    std::string text;
    for (const Proof& proof : proofs) {
        text += fmt::format("{}  {}{}{}\n", proof.is_good ? "ok   " : "WRONG", proof.what,
                            proof.is_good ? "" : ": ", proof.is_good ? "" : proof.found);
    }
    const bool is_true =
        std::ranges::all_of(proofs, [](const Proof& proof) { return proof.is_good; });
    text += is_true ? "verified: the record is true\n"
                    : "not verified: see the lines that begin with WRONG\n";
    machine.console.print(text);
    return is_true ? 0 : 1;
}

}  // namespace onsite::reconcile
