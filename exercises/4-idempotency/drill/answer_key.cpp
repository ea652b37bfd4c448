#include "exercises/4-idempotency/drill/answer_key.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/parse_number.hpp"
#include "exercises/4-idempotency/drill/taxonomy.hpp"

namespace onsite::drill {
namespace {

constexpr std::string_view kSealMark = "sealed-1 ";
constexpr std::string_view kDigits = "0123456789abcdef";

int digit_of(char c) {
    const auto at = kDigits.find(c);
    return at == kDigits.npos ? -1 : static_cast<int>(at);
}

// The lines of each order, and of each request the other lines that tell of it.
class Places {
public:
    explicit Places(const Evidence& evidence) : evidence_(evidence) {
        for (std::size_t i = 0; i < evidence.order.size(); ++i) {
            if (!evidence.order[i].empty()) {
                of_order_[evidence.order[i]].push_back(static_cast<std::int64_t>(i));
            }
            if (evidence.request[i] != kNoLine) {
                of_request_[evidence.request[i]].push_back(static_cast<std::int64_t>(i));
            }
        }
    }

    const std::vector<std::int64_t>& of_order(const std::string& order) { return of_order_[order]; }
    // Whoever names the request, its reply or the answer to it names the same moment.
    std::vector<std::int64_t> same_moment(std::int64_t line) {
        const std::int64_t request = evidence_.request[static_cast<std::size_t>(line)];
        if (request == kNoLine) return {line};
        return of_request_[request];
    }

private:
    const Evidence& evidence_;
    std::map<std::string, std::vector<std::int64_t>> of_order_ = {};
    std::map<std::int64_t, std::vector<std::int64_t>> of_request_ = {};
};

void mark(AnswerKey& key, Places& places, const std::string& order,
          const std::set<std::int64_t>& bad) {
    const auto& lines = places.of_order(order);
    key.inside.insert(lines.begin(), lines.end());
    for (const std::int64_t line : bad) {
        for (const std::int64_t same : places.same_moment(line)) key.exact.insert(same);
    }
    const auto count = std::ssize(lines);
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        if (!key.exact.contains(lines[static_cast<std::size_t>(i)])) continue;
        const std::ptrdiff_t first = std::max<std::ptrdiff_t>(0, i - kNearLines);
        const std::ptrdiff_t last = std::min(count - 1, i + kNearLines);
        for (std::ptrdiff_t j = first; j <= last; ++j) {
            key.near.insert(lines[static_cast<std::size_t>(j)]);
        }
    }
}

// What happens once and is there again: a click on an order's button, the delivery of an event.
class Repeats {
public:
    bool is_one(const scenarios::TraceEvent& event) {
        const bool is_click = event.is("step") && event.text("do") == "pay";
        const bool is_delivery = event.is("hook") || event.is("hook_got") || event.is("accept");
        if (!is_click && !is_delivery) return false;
        const std::string_view what = event.text(is_click ? "order" : "event");
        return !seen_.emplace(event.kind, what).second;
    }

private:
    std::set<std::pair<std::string_view, std::string_view>> seen_ = {};
};

// What looks bad in a control: an answer that says no, an attempt without one, and what comes a
// second time.
std::map<std::string, std::set<std::int64_t>> suspicious(const Evidence& evidence) {
    std::map<std::string, std::set<std::int64_t>> found;
    Repeats repeats;
    for (const auto& event : evidence.run.events) {
        const bool is_error = event.is("answer") && event.number("status") >= 400;
        if (!is_error && !event.is("timeout") && !repeats.is_one(event)) continue;
        found[evidence.order[static_cast<std::size_t>(event.line)]].insert(event.line);
    }
    return found;
}

template <typename Set>
void read_numbers(JsonReader& reader, const char* name, Set& into) {
    for (const Json& one : reader.array(name)) {
        if (!one.is_number_integer()) return reader.complain(name, "expected whole numbers");
        into.insert(one.get<std::int64_t>());
    }
}

}  // namespace

AnswerKey make_key(const Recipe& recipe, std::uint64_t seed, const Evidence& evidence) {
    const Truth truth = find_truth(evidence);
    AnswerKey key{.recipe = std::string(recipe.id),
                  .seed = seed,
                  .is_violated = truth.is_violated(),
                  .broken = truth.broken,
                  .cause = std::string(recipe.cause)};
    Places places(evidence);
    for (const auto& [order, lines] : truth.affected) {
        key.affected.insert(order);
        mark(key, places, order, lines);
    }
    if (!key.is_violated) {
        for (const auto& [order, lines] : suspicious(evidence)) mark(key, places, order, lines);
    }
    for (const auto& [id, place] : evidence.run.requests) {
        key.requests[id] = static_cast<std::int64_t>(place);
    }
    return key;
}

std::string to_json(const AnswerKey& key) {
    const Json json = {{"recipe", key.recipe},
                       {"seed", std::to_string(key.seed)},
                       {"is_violated", key.is_violated},
                       {"broken", key.broken},
                       {"cause", key.cause},
                       {"affected", key.affected},
                       {"exact", key.exact},
                       {"near", key.near},
                       {"inside", key.inside},
                       {"requests", key.requests},
                       {"files", key.files}};
    return to_text(json);
}

Result<AnswerKey> read_key(std::string_view text, std::string_view what) {
    auto json = parse_json(text, what);
    if (!json) return pass_on(json);
    JsonReader reader(*json, std::string(what));
    AnswerKey key{.recipe = reader.text("recipe")};
    const std::string seed = reader.text("seed");
    if (const auto number = parse_number<std::uint64_t>(seed)) {
        key.seed = *number;
    } else {
        reader.complain("seed", "expected a number");
    }
    key.is_violated = reader.flag_or("is_violated", false);
    for (std::string& one : reader.texts("broken")) key.broken.insert(std::move(one));
    key.cause = reader.text("cause");
    if (find_cause(key.cause) == nullptr) reader.complain("cause", "expected a known cause");
    for (std::string& one : reader.texts("affected")) key.affected.insert(std::move(one));
    read_numbers(reader, "exact", key.exact);
    read_numbers(reader, "near", key.near);
    read_numbers(reader, "inside", key.inside);
    for (const auto& [id, line] : reader.object("requests").items()) {
        if (!line.is_number_integer()) reader.complain("requests", "expected whole numbers");
        key.requests[id] = line.is_number_integer() ? line.get<std::int64_t>() : 0;
    }
    for (const auto& [file, hash] : reader.object("files").items()) {
        key.files[file] = hash.is_string() ? hash.get<std::string>() : "";
    }
    if (auto done = reader.finish(); !done) return pass_on(done);
    return key;
}

// Each block of 32 bytes is mixed with the hash of its number.
std::string seal(std::string_view text) {
    std::string sealed(kSealMark);
    std::string mask;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i % 32 == 0) mask = sha256_hex(fmt::format("onsite drill {}", i / 32));
        const int hidden = digit_of(mask[2 * (i % 32)]) * 16 + digit_of(mask[2 * (i % 32) + 1]);
        const int mixed = static_cast<unsigned char>(text[i]) ^ hidden;
        sealed += kDigits[static_cast<std::size_t>(mixed / 16)];
        sealed += kDigits[static_cast<std::size_t>(mixed % 16)];
    }
    return sealed + '\n';
}

Result<std::string> unseal(std::string_view sealed) {
    const auto refuse = [] { return usage_error("expected a sealed answer, found another file"); };
    if (!sealed.starts_with(kSealMark) || !sealed.ends_with('\n')) return refuse();
    sealed.remove_prefix(kSealMark.size());
    sealed.remove_suffix(1);
    if (sealed.size() % 2 != 0) return refuse();
    std::string text;
    for (std::size_t i = 0; i < sealed.size(); i += 2) {
        const int high = digit_of(sealed[i]);
        const int low = digit_of(sealed[i + 1]);
        if (high < 0 || low < 0) return refuse();
        text += static_cast<char>(high * 16 + low);
    }
    // Mixing twice gives the text again.
    const std::string again = seal(text);
    std::string open;
    for (std::size_t i = kSealMark.size(); i + 1 < again.size(); i += 2) {
        open += static_cast<char>(digit_of(again[i]) * 16 + digit_of(again[i + 1]));
    }
    return open;
}

}  // namespace onsite::drill
