// The answer of a drill: what is broken, where, why and for whom. It is no part of what the
// candidate reads: it is sealed in a file beside the drill, and the drill names its SHA-256.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "exercises/4-idempotency/drill/evidence.hpp"
#include "exercises/4-idempotency/drill/truth.hpp"

namespace onsite::drill {

inline constexpr std::uint64_t kKeyBytesMax = 16u << 20;
// How many lines of its order a place may be away from the bad one.
inline constexpr std::ptrdiff_t kNearLines = 2;

struct AnswerKey {
    std::string recipe = {};  // "incident-07".
    std::uint64_t seed = 0;
    bool is_violated = false;
    std::set<std::string> broken = {};    // Checkers.
    std::string cause = {};               // Of the taxonomy.
    std::set<std::string> affected = {};  // Orders; none in a control.
    // Lines of the trace: where it goes wrong for an order (in a control: where it looks as if it
    // did), the ones next to it, and all lines of these orders.
    std::set<std::int64_t> exact = {};
    std::set<std::int64_t> near = {};
    std::set<std::int64_t> inside = {};
    std::map<std::string, std::int64_t> requests = {};  // Request id -> its line, of all orders.
    std::map<std::string, std::string> files = {};      // Log file -> SHA-256, as it was written.
    friend bool operator==(const AnswerKey&, const AnswerKey&) = default;
};

// Without `files`. Complexity: O(lines * log lines).
AnswerKey make_key(const Recipe& recipe, std::uint64_t seed, const Evidence& evidence);

// One JSON object: equal keys have equal texts, whose SHA-256 the drill is committed to.
std::string to_json(const AnswerKey& key);
// Errors: usage, naming what is wrong.
Result<AnswerKey> read_key(std::string_view text, std::string_view what);

// So that a search through all files does not show the answer by accident. No secret: who wants to
// know reads it here.
std::string seal(std::string_view text);
// Errors: usage, when it is nothing that seal() gave.
Result<std::string> unseal(std::string_view sealed);

}  // namespace onsite::drill
