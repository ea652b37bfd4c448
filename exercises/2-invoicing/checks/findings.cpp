#include "exercises/2-invoicing/checks/findings.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace onsite::invoicing {

void Findings::expect(bool holds, std::string_view document, int line, std::string expected) {
    ++judged_;
    if (holds) return;
    const std::string quote = documents_.quote(document, line);
    if (problems_.empty()) first_ = fmt::format("{}: {}", quote, expected);
    problems_.push_back(fmt::format("{}\n    {}\n", quote, expected));
}

std::string Findings::story() const {
    std::string text;
    const std::size_t shown = std::min(problems_.size(), kShownFindingsMax);
    for (std::size_t i = 0; i < shown; ++i) text += problems_[i];
    if (shown < problems_.size()) text += fmt::format("and {} more\n", problems_.size() - shown);
    for (const std::string& line : shown_) text += line + '\n';
    return text;
}

Verdict Findings::verdict(std::string praise) const {
    Verdict verdict = passed(check_, judged_, std::move(praise));
    if (!problems_.empty()) {
        verdict = failed(check_, Cause::wrong_answer, first_);
        verdict.cases = judged_;
        verdict.percent = static_cast<int>(100 * (judged_ - problems_.size()) / judged_);
    }
    verdict.evidence.story = story();
    return verdict;
}

}  // namespace onsite::invoicing
