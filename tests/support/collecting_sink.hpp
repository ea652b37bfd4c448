// Takes the findings of the reconciliation engine as lines of text, so that tests compare lists of
// lines: order, places and reasons included.
#pragma once

#include <string>
#include <vector>

#include <fmt/format.h>

#include "solutions/1-reconciliation/production/engine.hpp"

namespace onsite::reconcile {

inline std::string line_of(const Record& record) {
    return fmt::format("{} {} {} at {}:{}:{}", record.id, record.amount_minor,
                       to_string(record.currency), record.place.file, record.place.line,
                       record.place.byte);
}

inline std::string line_of(Side side, const Rejection& rejection) {
    return fmt::format("rejected {} {} {} at {}:{}:{}", to_string(side),
                       to_string(rejection.reason), rejection.id, rejection.place.file,
                       rejection.place.line, rejection.place.byte);
}

class CollectingSink final : public FindingSink {
public:
    Result<void> unmatched(Side side, const Record& record) override {
        lines.push_back(fmt::format("unmatched {} {}", to_string(side), line_of(record)));
        return {};
    }
    Result<void> discrepancy(const Discrepancy& found) override {
        lines.push_back(
            fmt::format("discrepancy {} | {}", line_of(found.ledger), line_of(found.bank)));
        return {};
    }
    Result<void> rejected(Side side, const Rejection& rejection) override {
        lines.push_back(line_of(side, rejection));
        return {};
    }

    std::vector<std::string> lines;
};

}  // namespace onsite::reconcile
