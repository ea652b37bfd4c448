// onsite reconcile history and show: what was recorded.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "solutions/1-reconciliation/production/cli/commands.hpp"
#include "solutions/1-reconciliation/production/cli/stored.hpp"
#include "solutions/1-reconciliation/production/output/numbers.hpp"
#include "solutions/1-reconciliation/production/output/reports.hpp"
#include "solutions/1-reconciliation/production/output/table.hpp"

namespace onsite::reconcile {
namespace {

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

std::unexpected<Error> no_record(const RecordWords& words) {
    return usage_error(
        fmt::format("{}: expected a run record, found nothing there; name another with --record; "
                    "./onsite reconcile LEDGER BANK makes one",
                    words.record));
}

// Nobody has to have reconciled before they ask what was.
Result<std::vector<RunLine>> list_runs(const RecordWords& words) {
    if (is_missing(words.record)) {
        if (words.is_named) return no_record(words);
        return {};
    }
    auto store = open_run_store(words.record);
    if (!store) return pass_on(store);
    return (*store)->history(words.limit);
}

}  // namespace

Result<StoredRun> find_run(const RecordWords& words) {
    const bool is_name =
        !words.run.empty() && words.run.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!is_name) {
        return usage_error(fmt::format(
            "expected the name of a run, hexadecimal digits, found \"{}\"; ./onsite reconcile "
            "history lists the names",
            words.run));
    }
    if (is_missing(words.record)) return no_record(words);
    auto store = open_run_store(words.record);
    if (!store) return pass_on(store);
    auto record = (*store)->find(words.run);
    if (!record) return pass_on(record);
    if (*record) return std::move(**record);
    return usage_error(fmt::format(
        "expected a recorded run that begins with {}, found none; ./onsite reconcile history lists "
        "them",
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

Result<int> history_command(const RecordWords& words, const Machine& machine) {
    auto lines = list_runs(words);
    if (!lines) return pass_on(lines);
    if (words.as_json) {
        Json list = Json::array();
        for (const RunLine& line : *lines) list.push_back(to_json(line));
        machine.console.print(to_text(list) + "\n");
    } else if (lines->empty()) {
        machine.console.print(
            "no runs are recorded yet: ./onsite reconcile LEDGER BANK makes one\n");
    } else {
        machine.console.print(table_of(*lines));
    }
    return 0;
}

Result<int> show_command(const RecordWords& words, const Machine& machine) {
    auto stored = find_run(words);
    if (!stored) return pass_on(stored);
    const RunRecord& record = stored->record;
    machine.console.print(words.as_json ? to_text(to_json(record)) + "\n" : text_report(record));
    return 0;
}

}  // namespace onsite::reconcile
