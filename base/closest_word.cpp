#include "base/closest_word.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace onsite {
namespace {

constexpr std::size_t kWordBytesMax = 60;  // Of longer ones no typing error is known.

// How many letters to insert, delete, change, or exchange with their neighbour.
std::size_t edit_distance(std::string_view from, std::string_view to) {
    std::vector<std::size_t> before_last;
    std::vector<std::size_t> last(to.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= from.size(); ++i) {
        std::vector<std::size_t> row(to.size() + 1, i);
        for (std::size_t j = 1; j <= to.size(); ++j) {
            const std::size_t change = last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
            row[j] = std::min({change, last[j] + 1, row[j - 1] + 1});
            const bool is_exchanged =
                i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1];
            if (is_exchanged) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        before_last = std::move(last);
        last = std::move(row);
    }
    return last.back();
}

// How many letters are the same from the beginning on.
std::size_t alike(std::string_view one, std::string_view other) {
    return static_cast<std::size_t>(std::ranges::mismatch(one, other).in1 - one.begin());
}

}  // namespace

std::string closest_word(std::string_view typed, std::span<const std::string> known) {
    if (typed.empty() || typed.size() > kWordBytesMax || known.empty()) return "";
    const auto distance = [&](const std::string& word) { return edit_distance(typed, word); };
    const std::string& closest = *std::ranges::min_element(known, {}, distance);
    if (distance(closest) <= std::min(typed.size(), closest.size()) / 3) return closest;
    const auto likeness = [&](const std::string& word) { return alike(typed, word); };
    const std::string& begun = *std::ranges::max_element(known, {}, likeness);
    return 2 * likeness(begun) >= std::max(typed.size(), begun.size()) ? begun : "";
}

}  // namespace onsite
