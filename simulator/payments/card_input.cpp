#include "simulator/payments/card_input.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "base/stable_hash.hpp"
#include "simulator/payments/decline.hpp"
#include "simulator/payments/test_cards.hpp"

namespace onsite::simulator {
namespace {

constexpr std::int64_t kYearsAheadMax = 50;
constexpr std::size_t kFingerprintLetters = 16;

struct Month {
    std::int64_t year;
    std::int64_t month;
};

Month month_of(std::int64_t now_s) {
    const std::chrono::sys_seconds now{std::chrono::seconds(now_s)};
    const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(now)};
    return {int{date.year()}, static_cast<unsigned>(date.month())};
}

Id fingerprint_of(const World& world, std::string_view number) {
    constexpr std::string_view kAlphabet =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    std::uint64_t hash = add_to_hash(add_to_hash(0, world.account), number);
    std::array<char, kFingerprintLetters> letters;
    for (std::size_t i = 0; i < kFingerprintLetters; ++i) {
        if (i == kFingerprintLetters / 2) hash = add_to_hash(hash, number);
        letters[i] = kAlphabet[hash % kAlphabet.size()];
        hash /= kAlphabet.size();
    }
    return std::string_view(letters.data(), letters.size());
}

std::optional<ApiError> problem_of_date(const CardInput& input, const Month& now) {
    const std::int64_t year = input.exp_year < 100 ? input.exp_year + 2000 : input.exp_year;
    const bool is_past_month = year == now.year && input.exp_month < now.month;
    if (input.exp_month < 1 || input.exp_month > 12 || is_past_month) {
        return card_error("invalid_expiry_month", "Your card's expiration month is invalid.",
                          "exp_month");
    }
    if (year < now.year || year > now.year + kYearsAheadMax) {
        return card_error("invalid_expiry_year", "Your card's expiration year is invalid.",
                          "exp_year");
    }
    return std::nullopt;
}

bool is_cvc(std::string_view cvc, std::string_view brand) {
    const std::size_t digits = brand == "amex" ? 4 : 3;
    return (cvc.size() == digits || cvc.size() == 3) && std::ranges::all_of(cvc, is_digit);
}

const char* cvc_check_of(const TestCard& card) { return card.fails_cvc ? "fail" : "pass"; }

std::expected<Card, ApiError> card_of_number(World& world, const CardInput& input) {
    std::string number = input.number;
    std::erase(number, ' ');
    if (!has_check_digit(number)) {
        return std::unexpected(
            card_error("incorrect_number", "Your card number is incorrect.", "number"));
    }
    if (auto problem = problem_of_date(input, month_of(world.timeline.now_s()))) {
        return std::unexpected(*problem);
    }
    const TestCard* test = find_test_card(number);
    if (test == nullptr) return std::unexpected(card_error(decline_of("test_mode_live_card")));
    if (!input.cvc.empty() && !is_cvc(input.cvc, test->brand)) {
        return std::unexpected(
            card_error("invalid_cvc", "Your card's security code is invalid.", "cvc"));
    }
    return Card{.test = test,
                .fingerprint = fingerprint_of(world, number),
                .exp_month = input.exp_month,
                .exp_year = input.exp_year < 100 ? input.exp_year + 2000 : input.exp_year,
                .cvc_check = input.cvc.empty() ? "" : cvc_check_of(*test)};
}

}  // namespace

CardInput read_card(ParamReader card) {
    CardInput input;
    card.ignore("networks");
    if (const auto token = card.set_text("token")) {
        input.token = *token;
        return input;
    }
    input.number = card.required_text("number");
    if (!card.has("exp_month")) card.refuse(parameter_missing(card.path_of("exp_month")));
    if (!card.has("exp_year")) card.refuse(parameter_missing(card.path_of("exp_year")));
    input.exp_month = card.integer("exp_month").value_or(0);
    input.exp_year = card.integer("exp_year").value_or(0);
    input.cvc = card.text("cvc").value_or("");
    return input;
}

std::expected<Card, ApiError> checked_card(World& world, const CardInput& input,
                                           std::string_view param) {
    if (input.token.empty()) return card_of_number(world, input);
    if (const TestCard* test = find_test_token(input.token)) return card_of(world, *test);
    const Token* token = world.tables.tokens.find(input.token);
    if (token == nullptr) return std::unexpected(no_such("token", input.token, param));
    if (token->is_used) {
        return std::unexpected(wrong_state(
            "token_already_used",
            fmt::format("You cannot use a Stripe token more than once: {}.", input.token)));
    }
    return token->card;
}

void use_up(World& world, const CardInput& input) {
    if (Token* token = world.tables.tokens.find(input.token)) token->is_used = true;
}

Card card_of(const World& world, const TestCard& test) {
    return {.test = &test,
            .fingerprint = fingerprint_of(world, test.number),
            .exp_month = 12,
            .exp_year = month_of(world.timeline.now_s()).year + 1,
            .cvc_check = cvc_check_of(test)};
}

}  // namespace onsite::simulator
