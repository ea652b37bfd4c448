// The shop's database: rows that survive a crash, and transactions that happen whole or not at all.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "scenarios/player/process.hpp"

namespace onsite::scenarios {

// The columns of a row by name; one that is missing is empty.
class Row {
public:
    const std::string& operator[](std::string_view column) const;
    std::string& operator[](std::string_view column);
    bool exists() const { return !columns_.empty(); }
    std::int64_t number(std::string_view column) const;  // 0 when it is no number.

private:
    std::map<std::string, std::string, std::less<>> columns_;
};

// What one transaction sees and does. Rows of orders are "order/<name>"; a change of their column
// `status` is a line `state` of the trace.
class Transaction {
public:
    Transaction(std::map<std::string, Row, std::less<>>& rows, Process& process)
        : rows_(rows), process_(process) {}

    Row get(std::string_view key) const;
    bool has(std::string_view key) const { return rows_.contains(key); }
    void put(const std::string& key, Row row);
    // Something that cannot be taken back: goods leave, a mail is sent. It is part of the
    // transaction, as a row of an outbox is. `by`: the id of the event that asked for it, or
    // another word.
    void effect(std::string_view kind, std::string_view order, std::string_view by);

private:
    std::map<std::string, Row, std::less<>>& rows_;
    Process& process_;
};

// Thread safety: none.
class Store {
public:
    using Work = std::function<bool(Transaction&)>;

    Store(Process& process, std::int64_t latency_us) : process_(process), latency_us_(latency_us) {}
    Store(const Store&) = delete;

    // Runs `work` at one later moment; its result is that of the co_await. A crash before that
    // moment leaves everything as it was. `await` names the point for crashes.
    Await<bool> transact(std::string order, std::string await, Work work);
    // What the row is at one later moment, without a promise that it still is.
    Await<Row> read(std::string order, std::string key);

    // As of now, for a process that begins again.
    const std::map<std::string, Row, std::less<>>& rows() const { return rows_; }

private:
    Process& process_;
    std::int64_t latency_us_;
    std::map<std::string, Row, std::less<>> rows_ = {};
};

}  // namespace onsite::scenarios
