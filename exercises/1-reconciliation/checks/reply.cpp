#include "exercises/1-reconciliation/checks/reply.hpp"

#include <array>
#include <initializer_list>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "exercises/1-reconciliation/checks/model.hpp"
#include "exercises/1-reconciliation/checks/words.hpp"

namespace onsite::reconciliation {
namespace {

constexpr std::array kReasons = {
    RejectReason::wrong_field_count,     RejectReason::bad_id,
    RejectReason::amount_not_an_integer, RejectReason::amount_out_of_range,
    RejectReason::bad_currency,          RejectReason::duplicate_id};

std::string kind_of(const Json& value) {
    switch (value.type()) {
        case Json::value_t::string:
            return fmt::format("the text {}", shown(value.get_ref<const std::string&>()));
        case Json::value_t::number_integer:
        case Json::value_t::number_unsigned:
        case Json::value_t::number_float:
            return fmt::format("the number {}", to_text(value));
        case Json::value_t::boolean:
            return to_text(value);
        case Json::value_t::array:
            return fmt::format("a list of {}", value.size());
        case Json::value_t::object:
            return "an object";
        default:
            return "null";
    }
}

// Reads one result. Keeps the first problem and gives neutral values from then on, so that the
// readers below stay plain.
class ResultReader {
public:
    explicit ResultReader(std::string where) : where_(std::move(where)) {}

    const std::string& problem() const { return problem_; }

    void expect_keys(const Json& value, const std::string& path,
                     std::initializer_list<std::string_view> keys) {
        if (!value.is_object()) return complain(path, "an object", value);
        for (const std::string_view key : keys) {
            if (!value.contains(key)) note(path, fmt::format("expected the key \"{}\"", key));
        }
        for (const auto& [key, unused] : value.items()) {
            if (std::ranges::find(keys, key) != keys.end()) continue;
            note(path, fmt::format("expected only the keys {}, found {}", fmt::join(keys, ", "),
                                   shown(key)));
        }
    }

    Findings lists(const Json& value, const std::string& path) {
        Findings findings;
        each(value, path, "unmatched", [&](const Json& item, const std::string& at) {
            findings.push_back(read_unmatched(item, at));
        });
        each(value, path, "discrepancies", [&](const Json& item, const std::string& at) {
            findings.push_back(read_discrepancy(item, at));
        });
        each(value, path, "rejected", [&](const Json& item, const std::string& at) {
            findings.push_back(read_rejected(item, at));
        });
        return sorted(std::move(findings));
    }

private:
    void note(const std::string& path, std::string_view what) {
        if (problem_.empty()) {
            problem_ = fmt::format("{}{}{}: {}", where_, path.empty() ? "" : ": ", path, what);
        }
    }
    void complain(const std::string& path, std::string_view expected, const Json& found) {
        note(path, fmt::format("expected {}, found {}", expected, kind_of(found)));
    }

    template <typename Read>
    void each(const Json& value, const std::string& path, const char* key, const Read& read) {
        if (!problem_.empty()) return;
        const std::string list_path = path.empty() ? key : fmt::format("{}.{}", path, key);
        const Json& list = value.at(key);
        if (!list.is_array()) return complain(list_path, "a list", list);
        for (std::size_t i = 0; i < list.size() && problem_.empty(); ++i) {
            read(list[i], fmt::format("{}[{}]", list_path, i));
        }
    }

    Finding read_unmatched(const Json& item, const std::string& path) {
        expect_keys(item, path, {"side", "transaction"});
        if (!problem_.empty()) return {};
        return unmatched(read_side(item["side"], path + ".side"),
                         read_transaction(item["transaction"], path + ".transaction"));
    }

    Finding read_discrepancy(const Json& item, const std::string& path) {
        expect_keys(item, path, {"ledger", "bank", "differs"});
        if (!problem_.empty()) return {};
        Finding finding = discrepancy(read_transaction(item["ledger"], path + ".ledger"),
                                      read_transaction(item["bank"], path + ".bank"));
        read_differs(item["differs"], path + ".differs", finding);
        return finding;
    }

    Finding read_rejected(const Json& item, const std::string& path) {
        expect_keys(item, path, {"side", "row", "reason"});
        if (!problem_.empty()) return {};
        const Json& row = item["row"];
        if (!row.is_number_unsigned() || row.get<std::uint64_t>() == 0) {
            complain(path + ".row", "a row's number, from 1", row);
            return {};
        }
        return rejected(read_side(item["side"], path + ".side"), row.get<std::uint64_t>(),
                        read_reason(item["reason"], path + ".reason"));
    }

    Side read_side(const Json& value, const std::string& path) {
        if (value == "bank") return Side::bank;
        if (value != "ledger") complain(path, "\"ledger\" or \"bank\"", value);
        return Side::ledger;
    }

    RejectReason read_reason(const Json& value, const std::string& path) {
        for (const RejectReason reason : kReasons) {
            if (value == to_string(reason)) return reason;
        }
        std::vector<std::string_view> words;
        for (const RejectReason reason : kReasons) words.push_back(to_string(reason));
        complain(path, fmt::format("one of {}", fmt::join(words, ", ")), value);
        return RejectReason::wrong_field_count;
    }

    void read_differs(const Json& value, const std::string& path, Finding& finding) {
        const bool is_list = value.is_array() && !value.empty();
        if (!is_list) return complain(path, "[\"amount\"], [\"currency\"] or both", value);
        finding.amount_differs = finding.currency_differs = false;
        for (const Json& field : value) {
            const bool is_amount = field == "amount";
            if (!is_amount && field != "currency") {
                return complain(path, "\"amount\" or \"currency\"", field);
            }
            bool& differs = is_amount ? finding.amount_differs : finding.currency_differs;
            if (differs) return complain(path, "each field once", field);
            differs = true;
        }
    }

    Transaction read_transaction(const Json& value, const std::string& path) {
        if (!value.is_array() || value.size() != 3) {
            complain(path, "[id, amount, currency]", value);
            return {};
        }
        Row row;
        for (std::size_t i = 0; i < 3; ++i) {
            if (value[i].is_string()) {
                row.push_back(value[i].get<std::string>());
            } else {
                complain(fmt::format("{}[{}]", path, i), "text", value[i]);
                return {};
            }
        }
        return checked(row, path);
    }

    // The form that every int64 has once: a subject that says "007" or "-0" has kept the text.
    Transaction checked(const Row& row, const std::string& path) {
        const std::optional<RejectReason> fault = fault_of(row);
        if (fault == RejectReason::bad_id) {
            note(path + "[0]", "expected an id of 1 to 10,000 bytes, found " + shown(row[0]));
        } else if (fault == RejectReason::bad_currency) {
            note(path + "[2]", "expected three letters from A to Z, found " + shown(row[2]));
        } else if (fault || std::to_string(to_transaction(row).amount) != row[1]) {
            note(path + "[1]",
                 "expected an int64 in its shortest form, like \"-12\", found " + shown(row[1]));
        }
        return problem_.empty() ? to_transaction(row) : Transaction{};
    }

    std::string where_;
    std::string problem_;
};

}  // namespace

Result<Said> parse_reply(std::string_view body, Op op) {
    auto value = parse_json(body, "the reply");
    if (!value) return pass_on(value);
    ResultReader reader("the reply");
    if (op == Op::reconcile) {
        reader.expect_keys(*value, "", {"id", "unmatched", "discrepancies", "rejected"});
    } else {
        reader.expect_keys(*value, "", {"id", "unmatched", "discrepancies", "rejected", "saved"});
    }
    if (!reader.problem().empty()) return usage_error(reader.problem());
    Said said;
    said.findings = reader.lists(*value, "");
    if (!reader.problem().empty()) return usage_error(reader.problem());
    if (op == Op::reconcile) return said;
    const Json& saved = value->at("saved");
    if (!saved.is_object()) {
        return usage_error("the reply: saved: expected an object, found " + kind_of(saved));
    }
    for (const auto& [key, result] : saved.items()) {
        auto one = parse_result(result, fmt::format("the reply: saved: {}", shown(key)));
        if (!one) return pass_on(one);
    }
    said.saved = to_text(saved);
    return said;
}

Result<Findings> parse_result(const Json& value, const std::string& where) {
    ResultReader reader(where);
    reader.expect_keys(value, "", {"unmatched", "discrepancies", "rejected"});
    Findings findings;
    if (reader.problem().empty()) findings = reader.lists(value, "");
    if (!reader.problem().empty()) return usage_error(reader.problem());
    return findings;
}

}  // namespace onsite::reconciliation
