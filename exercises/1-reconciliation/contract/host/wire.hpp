// The wire form of requests and replies; wire.schema.json documents every field.
#pragma once

#include <charconv>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "exercises/1-reconciliation/contract/host/json_input.hpp"
#include "exercises/1-reconciliation/contract/host/json_output.hpp"
#include "exercises/1-reconciliation/contract/reconcile.hpp"

namespace onsite::reconciliation::host {

// A feed comes in the request itself or, for reconcile_feeds, as the path of a file.
struct RequestFeed {
    std::vector<Transaction> transactions;
    std::string path;
};

using Results = std::map<std::string, Reconciliation>;

struct Request {
    std::string id;
    std::string op;
    RequestFeed ledger;
    RequestFeed bank;
    Run run;
    Results store;
};

inline constexpr std::pair<RejectReason, std::string_view> kReasonNames[] = {
    {RejectReason::wrong_field_count, "wrong_field_count"},
    {RejectReason::bad_id, "bad_id"},
    {RejectReason::amount_not_an_integer, "amount_not_an_integer"},
    {RejectReason::amount_out_of_range, "amount_out_of_range"},
    {RejectReason::bad_currency, "bad_currency"},
    {RejectReason::duplicate_id, "duplicate_id"},
};

// ---- Reading

inline void read_transaction(JsonInput& in, Transaction& transaction, std::string& scratch) {
    in.expect('[');
    in.string(transaction.id);
    in.expect(',');
    in.string(scratch);
    const char* const stop = scratch.data() + scratch.size();
    const auto parsed = std::from_chars(scratch.data(), stop, transaction.amount);
    if (parsed.ec != std::errc{} || parsed.ptr != stop) give_up("an amount that an int64 holds");
    in.expect(',');
    in.string(transaction.currency);
    in.expect(']');
}

inline Side read_side(JsonInput& in) {
    std::string word;
    in.string(word);
    if (word != "ledger" && word != "bank") give_up("the side \"ledger\" or \"bank\"");
    return word == "ledger" ? Side::ledger : Side::bank;
}

inline Unmatched read_unmatched(JsonInput& in) {
    Unmatched found;
    std::string scratch;
    in.object([&](std::string_view key) {
        if (key == "side") {
            found.side = read_side(in);
        } else if (key == "transaction") {
            read_transaction(in, found.transaction, scratch);
        } else {
            give_up("only keys of an unmatched transaction");
        }
    });
    return found;
}

inline Discrepancy read_discrepancy(JsonInput& in) {
    Discrepancy found;
    std::string scratch;
    in.object([&](std::string_view key) {
        if (key == "ledger") {
            read_transaction(in, found.ledger, scratch);
        } else if (key == "bank") {
            read_transaction(in, found.bank, scratch);
        } else if (key == "differs") {
            in.array([&] {
                in.string(scratch);
                (scratch == "amount" ? found.amount_differs : found.currency_differs) = true;
            });
        } else {
            give_up("only keys of a discrepancy");
        }
    });
    return found;
}

inline Rejected read_rejected(JsonInput& in) {
    Rejected found;
    std::string word;
    in.object([&](std::string_view key) {
        if (key == "side") {
            found.side = read_side(in);
        } else if (key == "row") {
            found.row = in.number();
        } else if (key == "reason") {
            in.string(word);
            for (const auto& [reason, name] : kReasonNames) {
                if (name == word) found.reason = reason;
            }
        } else {
            give_up("only keys of a rejected row");
        }
    });
    return found;
}

inline Reconciliation read_result(JsonInput& in) {
    Reconciliation result;
    in.object([&](std::string_view key) {
        if (key == "unmatched") {
            in.array([&] { result.unmatched.push_back(read_unmatched(in)); });
        } else if (key == "discrepancies") {
            in.array([&] { result.discrepancies.push_back(read_discrepancy(in)); });
        } else if (key == "rejected") {
            in.array([&] { result.rejected.push_back(read_rejected(in)); });
        } else {
            give_up("only keys of a result");
        }
    });
    return result;
}

inline void read_feed(JsonInput& in, RequestFeed& feed) {
    if (in.peek() == '"') return in.string(feed.path);
    std::string scratch;
    in.array([&] { read_transaction(in, feed.transactions.emplace_back(), scratch); });
}

inline void read_run(JsonInput& in, Run& run) {
    in.object([&](std::string_view key) {
        if (key == "ledger_snapshot") {
            in.string(run.ledger_snapshot);
        } else if (key == "bank_snapshot") {
            in.string(run.bank_snapshot);
        } else if (key == "memory_bytes") {
            run.memory_bytes = in.number();
        } else {
            give_up("only keys of a run");
        }
    });
}

// Reads one line and not a byte further: the next one may be a long time coming.
inline Request read_request(JsonInput& in) {
    Request request;
    in.object([&](std::string_view key) {
        if (key == "id") {
            in.string(request.id);
        } else if (key == "op") {
            in.string(request.op);
        } else if (key == "ledger") {
            read_feed(in, request.ledger);
        } else if (key == "bank") {
            read_feed(in, request.bank);
        } else if (key == "run") {
            read_run(in, request.run);
        } else if (key == "store") {
            in.object([&](std::string_view name) {
                std::string saved_key(name);
                request.store.insert_or_assign(std::move(saved_key), read_result(in));
            });
        } else {
            give_up("only keys of a request");
        }
    });
    in.finish_line();
    return request;
}

// ---- Writing

inline std::string_view name_of(Side side) { return side == Side::ledger ? "ledger" : "bank"; }

inline std::string_view name_of(RejectReason reason) {
    for (const auto& [known, name] : kReasonNames) {
        if (known == reason) return name;
    }
    return "not_a_reason";
}

inline void write_transaction(JsonOutput& out, const Transaction& transaction) {
    out.raw("[");
    out.string(transaction.id);
    out.raw(",\"");
    out.integer(transaction.amount);
    out.raw("\",");
    out.string(transaction.currency);
    out.raw("]");
}

inline void write_discrepancy(JsonOutput& out, const Discrepancy& found) {
    out.raw("{\"ledger\":");
    write_transaction(out, found.ledger);
    out.raw(",\"bank\":");
    write_transaction(out, found.bank);
    out.raw(",\"differs\":[");
    if (found.amount_differs) out.raw("\"amount\"");
    if (found.amount_differs && found.currency_differs) out.raw(",");
    if (found.currency_differs) out.raw("\"currency\"");
    out.raw("]}");
}

// The three lists, without the braces around them.
inline void write_lists(JsonOutput& out, const Reconciliation& result) {
    out.raw("\"unmatched\":");
    out.list(result.unmatched, [&](const Unmatched& found) {
        out.raw("{\"side\":");
        out.string(name_of(found.side));
        out.raw(",\"transaction\":");
        write_transaction(out, found.transaction);
        out.raw("}");
    });
    out.raw(",\"discrepancies\":");
    out.list(result.discrepancies,
             [&](const Discrepancy& found) { write_discrepancy(out, found); });
    out.raw(",\"rejected\":");
    out.list(result.rejected, [&](const Rejected& found) {
        out.raw("{\"side\":");
        out.string(name_of(found.side));
        out.raw(",\"row\":");
        out.integer(found.row);
        out.raw(",\"reason\":");
        out.string(name_of(found.reason));
        out.raw("}");
    });
}

inline void write_saved(JsonOutput& out, const Results& saved) {
    out.raw(",\"saved\":{");
    bool is_first = true;
    for (const auto& [key, result] : saved) {
        if (!is_first) out.raw(",");
        is_first = false;
        out.string(key);
        out.raw(":{");
        write_lists(out, result);
        out.raw("}");
    }
    out.raw("}");
}

}  // namespace onsite::reconciliation::host
