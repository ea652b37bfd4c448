// onsite reconcile history, show, verify: what was recorded, and whether it is true.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "solutions/1-reconciliation/production/cli/run.hpp"
#include "solutions/1-reconciliation/production/input/snapshot.hpp"
#include "solutions/1-reconciliation/production/output/numbers.hpp"
#include "solutions/1-reconciliation/production/output/reports.hpp"
#include "solutions/1-reconciliation/production/output/table.hpp"
#include "solutions/1-reconciliation/production/record/run_store.hpp"
#include "solutions/1-reconciliation/production/record/summary_json.hpp"

namespace onsite::reconcile {
namespace {

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
    std::vector<TableRow> rows = {
        {"run", "date", "recorded", "ledger", "bank", "differences", "rejected"}};
    for (const RunLine& line : lines) {
        rows.push_back({line.run.substr(0, kRunDigits), line.date, line.recorded_at,
                        with_thousands(line.ledger_rows), with_thousands(line.bank_rows),
                        with_thousands(line.differences), with_thousands(line.rejected)});
    }
    return table(rows, 3);
}

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

bool are_all(const std::vector<Proof>& proofs, Proven proven) {
    return std::ranges::all_of(proofs, [=](const Proof& one) { return one.proven == proven; });
}

Proof compare(const std::string& what, bool is_same, const std::string& otherwise) {
    if (is_same) return {.what = what};
    return {.what = what, .proven = Proven::wrong, .found = otherwise};
}

Proof prove_file(const std::string& what, const std::filesystem::path& path,
                 const std::string& hash) {
    auto read = hash_file(path);
    if (!read) return {what, Proven::wrong, read.error().message};
    return compare(what, read->hash == hash, "its content is not what was recorded");
}

Proof prove_input(Side side, const std::filesystem::path& path, const std::string& hash) {
    if (path != "-") {
        return prove_file(fmt::format("{} {}", to_string(side), path.string()), path, hash);
    }
    return {fmt::format("{} standard input", to_string(side)), Proven::never,
            "it came through a pipe and cannot be read again"};
}

std::vector<Proof> prove_inputs(const RunRecord& record) {
    std::vector<Proof> proofs;
    for (const Side side : {Side::ledger, Side::bank}) {
        const auto& paths = record.question.feed(side).files;
        const auto& files = record.summary.side(side).files;
        for (std::size_t i = 0; i < files.size(); ++i) {
            proofs.push_back(prove_input(side, paths[i], files[i].hash));
        }
    }
    return proofs;
}

std::vector<Proof> prove_outputs(const RunRecord& record) {
    std::vector<Proof> proofs;
    for (const WrittenFile& file : record.out_files) {
        const auto path = std::filesystem::path(record.out_folder) / file.name;
        proofs.push_back(prove_file("result " + path.string(), path, file.hash));
    }
    return proofs;
}

// Everything anew, with another key and other strategies at liberty.
Result<std::vector<Proof>> prove_findings(const RunRecord& record, const Machine& machine) {
    const auto keep = [](RunRecord made) -> Result<RunRecord> { return made; };
    Settings settings;
    settings.memory_bytes = record.making.memory_bytes;
    const RunOrder order = {.question = record.question, .settings = settings, .key = record.key};
    auto again = make_run(order, machine, keep);
    if (!again) return pass_on(again);
    Json before = to_json(record.summary);
    Json after = to_json(again->summary);
    for (Json* const summary : {&before, &after}) {
        // Named as they were on the command line; content counts.
        for (const char* const side : {"ledger", "bank"}) (*summary)[side].erase("files");
    }
    const std::string otherwise = "reading again gives others";
    return std::vector<Proof>{
        compare("counts and sums", before == after, otherwise),
        compare("findings", again->findings_hash == record.findings_hash, otherwise)};
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
    std::vector<Proof> proofs = prove_inputs(*record);
    const bool can_read_again = are_all(proofs, Proven::good);
    std::ranges::move(prove_outputs(*record), std::back_inserter(proofs));
    if (can_read_again) {
        auto more = prove_findings(*record, machine);
        if (!more) return pass_on(more);
        std::ranges::move(*more, std::back_inserter(proofs));
    }
    std::string text;
    for (const Proof& proof : proofs) {
        text += fmt::format("{}  {}{}{}\n", to_string(proof.proven), proof.what,
                            proof.found.empty() ? "" : ": ", proof.found);
    }
    const bool is_true = are_all(proofs, Proven::good);
    text += is_true ? "verified: the record is true\n"
                    : "not verified: see the lines that do not begin with ok\n";
    machine.console.print(text);
    return is_true ? 0 : 1;
}

}  // namespace onsite::reconcile
