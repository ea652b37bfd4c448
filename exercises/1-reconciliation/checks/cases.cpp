#include "exercises/1-reconciliation/checks/cases.hpp"

#include <optional>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "exercises/1-reconciliation/checks/model.hpp"
#include "exercises/1-reconciliation/checks/reply.hpp"
#include "exercises/1-reconciliation/checks/wire.hpp"
#include "exercises/1-reconciliation/checks/words.hpp"

namespace onsite::reconciliation {
namespace {

constexpr std::int64_t kFollowupsMax = 2;
constexpr std::size_t kCaseBytesMax = 512 * 1024;

std::optional<std::vector<Row>> read_rows(const Json& list) {
    std::vector<Row> rows;
    for (const Json& fields : list) {
        if (!fields.is_array()) return std::nullopt;
        Row row;
        for (const Json& field : fields) {
            if (!field.is_string()) return std::nullopt;
            row.push_back(field.get<std::string>());
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<Row> read_feed(JsonReader& reader, const char* key) {
    auto rows = read_rows(reader.array(key));
    if (rows) return std::move(*rows);
    reader.complain(key, "expected rows, each a list of texts like [\"t1\", \"100\", \"USD\"]");
    return {};
}

Op read_op(JsonReader& reader) {
    const std::string word = reader.text_or("op", std::string(to_string(Op::reconcile)));
    if (word == to_string(Op::reconcile_feeds)) return Op::reconcile_feeds;
    if (word != to_string(Op::reconcile)) {
        reader.complain("op", fmt::format("expected \"reconcile\" or \"reconcile_feeds\", found {}",
                                          shown(word)));
    }
    return Op::reconcile;
}

// reconcile() is given transactions only, with unique ids: other rows are for reconcile_feeds.
std::optional<std::string> fault_of_feed(const std::vector<Row>& rows) {
    std::set<std::string> ids;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::optional<RejectReason> reason = fault_of(rows[i]);
        if (!reason && !ids.insert(rows[i][0]).second) reason = RejectReason::duplicate_id;
        if (!reason) continue;
        return fmt::format(
            "expected good rows with unique ids, found row {}: {}; a case with such "
            "rows needs \"op\": \"reconcile_feeds\"",
            i + 1, to_string(*reason));
    }
    return std::nullopt;
}

void expect_transactions(JsonReader& reader, const char* key, const std::vector<Row>& rows) {
    if (const auto fault = fault_of_feed(rows)) reader.complain(key, *fault);
}

// The follow-up from which on a case like this holds.
int followup_of(const Question& question, const Findings& truth) {
    if (question.op == Op::reconcile_feeds) return 2;
    const auto is_discrepancy = [](const Finding& finding) {
        return finding.kind == FindingKind::discrepancy;
    };
    return std::ranges::any_of(truth, is_discrepancy) ? 1 : 0;
}

}  // namespace

Result<TestCase> parse_case(const Json& value, const std::string& where) {
    JsonReader reader(value, where);
    TestCase found;
    found.name = reader.text("name");
    found.followup = static_cast<int>(reader.number("followup", 0, kFollowupsMax));
    found.question.op = read_op(reader);
    found.question.ledger = read_feed(reader, "ledger");
    found.question.bank = read_feed(reader, "bank");
    if (found.question.op == Op::reconcile) {
        expect_transactions(reader, "ledger", found.question.ledger);
        expect_transactions(reader, "bank", found.question.bank);
    }
    if (found.name.empty()) reader.complain("name", "expected a few words");
    const Json& expected = reader.object("expect");
    if (auto done = reader.finish(); !done) return pass_on(done);
    auto result = parse_result(expected, fmt::format("{} ({}): expect", where, shown(found.name)));
    if (!result) return pass_on(result);
    found.expected = std::move(*result);
    return found;
}

Result<std::vector<TestCase>> parse_cases(std::string_view text, std::string_view what) {
    auto value = parse_json(text, what, JsonComments::allowed);
    if (!value) return pass_on(value);
    JsonReader reader(*value, std::string(what));
    const Json& list = reader.array("cases");
    if (list.size() > kCasesMax) {
        reader.complain("cases",
                        fmt::format("expected at most {} cases, found {}", kCasesMax, list.size()));
    }
    if (auto done = reader.finish(); !done) return pass_on(done);
    std::vector<TestCase> cases;
    for (const Json& item : list) {
        auto one = parse_case(item, fmt::format("{}: cases[{}]", what, cases.size()));
        if (!one) return pass_on(one);
        cases.push_back(std::move(*one));
    }
    return cases;
}

std::string case_text(const Question& question, const Findings& truth) {
    const Json value = {{"name", "found by a check"},   {"followup", followup_of(question, truth)},
                        {"op", to_string(question.op)}, {"ledger", question.ledger},
                        {"bank", question.bank},        {"expect", to_wire(truth)}};
    std::string text = to_text(value);
    return text.size() <= kCaseBytesMax ? text : std::string();
}

}  // namespace onsite::reconciliation
