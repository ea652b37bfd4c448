// What a check found, and the verdict that follows from it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exercises/2-invoicing/checks/documents.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite::invoicing {

inline constexpr std::size_t kShownFindingsMax = 12;

class Findings {
public:
    Findings(const Documents& documents, std::string check)
        : documents_(documents), check_(std::move(check)) {}

    // One thing is judged. When it does not hold, the line is quoted and `expected` says what it
    // should have been: "expected BIGINT, ...". Line 0 quotes the document as a whole.
    void expect(bool holds, std::string_view document, int line, std::string expected);

    // Shown with the verdict, whatever it is: the plan of a query, a table of numbers.
    void show(std::string line) { shown_.push_back(std::move(line)); }

    bool holds() const { return problems_.empty(); }

    // Passes when all that was judged holds; `praise` says what that is. In percent: the share of
    // the judged things that hold.
    Verdict verdict(std::string praise) const;

private:
    std::string story() const;

    const Documents& documents_;
    std::string check_;
    std::uint64_t judged_ = 0;
    std::vector<std::string> problems_;  // A quoted line, then what was expected.
    std::vector<std::string> shown_;
    std::string first_;  // What the first problem expected.
};

}  // namespace onsite::invoicing
