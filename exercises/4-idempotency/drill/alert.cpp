#include "exercises/4-idempotency/drill/alert.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include <fmt/format.h>

#include "base/escape.hpp"

namespace onsite::drill {
namespace {

constexpr std::int64_t kMillion = 1'000'000;

bool is_percentile(Metric metric) { return metric == Metric::p50_ms || metric == Metric::p95_ms; }

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Reads from left to right and keeps the first problem.
class Parser {
public:
    explicit Parser(std::string_view text) : text_(text) {}

    Result<Alert> parse() {
        Alert alert;
        alert.any_of.push_back({clause()});
        std::size_t clauses = 1;
        while (problem_.empty() && !is_over()) {
            const std::string_view word = take_word();
            if (word != "and" && word != "or") {
                expect("\"and\", \"or\" or the end", word);
            } else if (++clauses > kClausesMax) {
                expect(fmt::format("at most {} clauses", kClausesMax), word);
            } else if (word == "or") {
                alert.any_of.push_back({clause()});
            } else {
                alert.any_of.back().push_back(clause());
            }
        }
        if (problem_.empty()) return alert;
        return usage_error(problem_);
    }

private:
    void skip_spaces() {
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    }
    bool is_over() {
        skip_spaces();
        return at_ == text_.size();
    }
    bool take(std::string_view sign) {
        skip_spaces();
        if (!text_.substr(at_).starts_with(sign)) return false;
        at_ += sign.size();
        return true;
    }
    std::string_view take_word() {
        skip_spaces();
        const std::size_t start = at_;
        while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) ++at_;
        return text_.substr(start, at_ - start);
    }
    // `found`: the part of the text that is wrong.
    void expect(std::string_view what, std::string_view found) {
        if (!problem_.empty()) return;
        const auto at = static_cast<std::size_t>(found.data() - text_.data());
        if (found.empty()) found = text_.substr(at, 20);
        problem_ = fmt::format("expected {} at character {} of the alert, found \"{}\".", what,
                               at + 1, found.empty() ? "its end" : harmless(found, Lines::one));
    }
    void expect_here(std::string_view what) {
        expect(what, text_.substr(std::min(at_, text_.size()), 0));
    }
    void need(std::string_view sign) {
        if (!take(sign)) expect_here(fmt::format("\"{}\"", sign));
    }

    Clause clause() {
        Clause read;
        read.above = series();
        if (take("/")) {
            read.is_ratio = true;
            read.below = series();
        }
        if (take(">=")) {
            read.compare = Compare::at_least;
        } else if (take("<=")) {
            read.compare = Compare::at_most;
        } else if (take(">")) {
            read.compare = Compare::more;
        } else if (take("<")) {
            read.compare = Compare::less;
        } else {
            expect_here("one of / > >= < <=");
        }
        read.threshold_millionths = threshold();
        return read;
    }

    Series series() {
        const std::string_view word = take_word();
        const bool is_rate = word == "rate";
        if (is_rate) need("(");
        const std::string_view name = is_rate ? take_word() : word;
        const Metric* const metric = find_metric(name);
        if (metric == nullptr || is_percentile(*metric) == is_rate) {
            expect("rate(...) of a metric such as conflicts or payments, or p50_ms or p95_ms",
                   name);
            return {};
        }
        Series read{.metric = *metric, .window = is_rate ? 5 : 1};
        if (is_rate && take(",")) read.window = window();
        if (is_rate) need(")");
        return read;
    }

    std::int64_t window() {
        const std::string_view word = take_word();
        std::int64_t minutes = 0;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), minutes);
        const bool is_good =
            error == std::errc() && word.substr(static_cast<std::size_t>(end - word.data())) == "m";
        if (!is_good || minutes < 1 || minutes > kWindowMinutesMax) {
            expect(fmt::format("a window such as 5m, of 1 to {} minutes", kWindowMinutesMax), word);
            return 1;
        }
        return minutes;
    }

    // Digits with at most six of them after the point; a percentage has at most four.
    std::int64_t threshold() {
        skip_spaces();
        const std::size_t start = at_;
        std::int64_t whole = 0;
        while (at_ < text_.size() && is_digit(text_[at_]) && whole <= kThresholdMax) {
            whole = whole * 10 + (text_[at_++] - '0');
        }
        bool is_good = at_ > start && whole <= kThresholdMax;
        std::int64_t fraction = 0;
        std::int64_t unit = kMillion;
        if (is_good && at_ < text_.size() && text_[at_] == '.') {
            const std::size_t point = at_++;
            while (at_ < text_.size() && is_digit(text_[at_]) && unit > 1) {
                unit /= 10;
                fraction += (text_[at_++] - '0') * unit;
            }
            const bool is_longer = at_ < text_.size() && is_digit(text_[at_]);
            is_good = at_ > point + 1 && !is_longer;
        }
        std::int64_t millionths = whole * kMillion + fraction;
        if (take("%")) {
            is_good = is_good && millionths % 100 == 0;
            millionths /= 100;
        }
        if (!is_good) {
            expect("a number such as 0.005 or 0.5%", text_.substr(start, 20));
            return 0;
        }
        return millionths;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string problem_ = {};
};

std::int64_t value_of(const Series& series, const Metrics& metrics, std::size_t minute) {
    std::int64_t sum = 0;
    const auto window = static_cast<std::size_t>(series.window);
    const std::size_t first = minute + 1 >= window ? minute + 1 - window : 0;
    for (std::size_t i = first; i <= minute; ++i) sum += metrics.minutes[i][series.metric];
    return sum;
}

// a / window > threshold, with a divisor: a * window of b > threshold * b * window of a.
bool holds(const Clause& clause, const Metrics& metrics, std::size_t minute) {
    const std::int64_t above = value_of(clause.above, metrics, minute);
    std::int64_t left = above * kMillion;
    std::int64_t right = clause.threshold_millionths * clause.above.window;
    if (clause.is_ratio) {
        const std::int64_t below = value_of(clause.below, metrics, minute);
        if (below == 0) return false;
        left *= clause.below.window;
        right *= below;
    }
    switch (clause.compare) {
        case Compare::more:
            return left > right;
        case Compare::at_least:
            return left >= right;
        case Compare::less:
            return left < right;
        case Compare::at_most:
            return left <= right;
    }
    std::abort();
}

}  // namespace

std::int64_t Alert::first_minute(const Metrics& metrics) const {
    for (std::size_t minute = 0; minute < metrics.minutes.size(); ++minute) {
        for (const std::vector<Clause>& all : any_of) {
            const bool fires = std::ranges::all_of(
                all, [&](const Clause& one) { return holds(one, metrics, minute); });
            if (fires) return static_cast<std::int64_t>(minute);
        }
    }
    return -1;
}

Result<Alert> parse_alert(std::string_view text) {
    if (text.size() > kAlertBytesMax) {
        return usage_error(fmt::format("expected an alert of at most {} characters, found {}",
                                       kAlertBytesMax, text.size()));
    }
    return Parser(text).parse();
}

}  // namespace onsite::drill
