#include "exercises/5-values/checks/repetition.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace onsite::values {
namespace {

constexpr std::size_t kRun = 4;  // Words; shorter runs come again in any language.
constexpr int kSaidBeforeMax = 50;

}  // namespace

int percent_said_before(const Answer& answer) {
    std::vector<std::string> words;
    for (const Sentence& sentence : answer.sentences) {
        for (const Word& word : sentence.words) words.push_back(word.text);
    }
    std::set<std::vector<std::string>> said;
    std::size_t repeated = 0;
    std::size_t counted_to = 0;  // Runs overlap; each word counts once.
    for (std::size_t begin = 0; begin + kRun <= words.size(); ++begin) {
        const auto first = words.begin() + static_cast<std::ptrdiff_t>(begin);
        if (said.emplace(first, first + kRun).second) continue;
        repeated += begin + kRun - std::max(begin, counted_to);
        counted_to = begin + kRun;
    }
    return words.empty() ? 0 : static_cast<int>(100 * repeated / words.size());
}

bool repeats_itself(const Answer& answer) { return percent_said_before(answer) > kSaidBeforeMax; }

}  // namespace onsite::values
