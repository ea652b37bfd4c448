// From words to feeds and settings.
#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include <fmt/format.h>

#include "base/clock.hpp"
#include "base/parse_number.hpp"
#include "solutions/1-reconciliation/production/cli/commands.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::uint64_t kColumnsMax = 10'000;

std::string_view or_else(const std::string& word, const std::string& other) {
    return word.empty() ? other : word;
}

bool ends_with_any(std::string_view name, std::initializer_list<std::string_view> endings) {
    return std::ranges::any_of(endings,
                               [&](std::string_view ending) { return name.ends_with(ending); });
}

Format format_by_name(std::string_view name) {
    for (const std::string_view compressed : {".gz", ".zst"}) {
        if (name.ends_with(compressed)) name.remove_suffix(compressed.size());
    }
    return ends_with_any(name, {".ndjson", ".jsonl", ".json"}) ? Format::ndjson : Format::csv;
}

Result<Format> format_from(std::string_view word, const std::vector<std::string>& files) {
    if (word == "csv") return Format::csv;
    if (word == "ndjson") return Format::ndjson;
    if (word != "auto") {
        return usage_error(
            fmt::format("expected the format auto, csv or ndjson, found \"{}\"", word));
    }
    const Format format = format_by_name(files.front());
    const auto differs = [&](const std::string& file) { return format_by_name(file) != format; };
    if (std::ranges::any_of(files, differs)) {
        return usage_error(fmt::format(
            "expected the files of a feed to have one format, found {} and others by their names; "
            "say which with --ledger-format or --bank-format",
            files.front()));
    }
    return format;
}

// From 1; 0 when the text is anything else.
std::uint64_t column_number(std::string_view text) {
    const auto number = parse_number<std::uint64_t>(text).value_or(0);
    return number <= kColumnsMax ? number : 0;
}

// "id=reference,amount=gross,currency=ccy", any of them, in any order.
Result<void> read_columns(std::string_view words, Feed& feed) {
    while (!words.empty()) {
        const std::string_view word = words.substr(0, words.find(','));
        words.remove_prefix(std::min(words.size(), word.size() + 1));
        const std::size_t equals = word.find('=');
        const std::string_view what = word.substr(0, equals);
        const std::string value(equals == std::string_view::npos ? "" : word.substr(equals + 1));
        const std::uint64_t number = column_number(value);
        std::string* const name = what == "id"         ? &feed.names.id
                                  : what == "amount"   ? &feed.names.amount
                                  : what == "currency" ? &feed.names.currency
                                                       : nullptr;
        std::size_t* const place = what == "id"         ? &feed.numbers.id
                                   : what == "amount"   ? &feed.numbers.amount
                                   : what == "currency" ? &feed.numbers.currency
                                   : what == "of"       ? &feed.numbers.count
                                                        : nullptr;
        const bool is_known = feed.has_header ? name != nullptr : place != nullptr;
        if (!is_known || value.empty() || (!feed.has_header && number == 0)) {
            return usage_error(fmt::format(
                "expected columns as id=NAME,amount=NAME,currency=NAME or, with --no-header, "
                "id=1,amount=2,currency=3,of=3; found \"{}\"",
                word));
        }
        if (feed.has_header) *name = value;
        if (!feed.has_header) *place = what == "of" ? number : number - 1;
    }
    const std::size_t last =
        std::max({feed.numbers.id, feed.numbers.amount, feed.numbers.currency});
    feed.numbers.count = std::max(feed.numbers.count, last + 1);
    return {};
}

// A column that was named without the others may be where another still is.
Result<void> expect_three_columns(const Feed& feed, Side side) {
    const auto number = [](std::size_t place) { return fmt::format("{}", place + 1); };
    const auto name = [](const std::string& column) { return fmt::format("'{}'", column); };
    const ColumnNames& names = feed.names;
    const ColumnNumbers& numbers = feed.numbers;
    using Named = std::pair<std::string_view, std::string>;
    const std::array<Named, 3> columns = {
        Named{"id", feed.has_header ? name(names.id) : number(numbers.id)},
        Named{"amount", feed.has_header ? name(names.amount) : number(numbers.amount)},
        Named{"currency", feed.has_header ? name(names.currency) : number(numbers.currency)}};
    for (std::size_t i = 0; i < columns.size(); ++i) {
        for (std::size_t j = i + 1; j < columns.size(); ++j) {
            if (columns[i].second != columns[j].second) continue;
            return usage_error(fmt::format(
                "the {}: expected three columns, found {} and {} in column {}; say where each is",
                to_string(side), columns[i].first, columns[j].first, columns[i].second));
        }
    }
    return {};
}

Result<char> delimiter_from(std::string_view word) {
    if (word.empty()) return ',';
    if (word == "tab" || word == "\\t") return '\t';
    if (word.size() == 1 && word != "\"" && word != "\n" && word != "\r") return word.front();
    return usage_error(
        fmt::format("expected one byte or \"tab\" as the delimiter, found \"{}\"", word));
}

Result<Feed> feed_from(const RunWords& words, Side side) {
    const FeedWords& own = words.feeds[static_cast<std::size_t>(side)];
    if (own.files.empty()) {
        return usage_error(fmt::format(
            "expected the files of the {}, found none; write: ./onsite reconcile LEDGER BANK, or "
            "--{} FILE once or more",
            to_string(side), to_string(side)));
    }
    Feed feed;
    for (const std::string& file : own.files) feed.files.emplace_back(file);
    auto format = format_from(or_else(own.format, words.both.format), own.files);
    if (!format) return pass_on(format);
    feed.format = *format;
    const std::string_view amounts = or_else(own.amounts, words.both.amounts);
    if (amounts != "minor" && amounts != "decimal") {
        return usage_error(
            fmt::format("expected amounts as minor or decimal, found \"{}\"", amounts));
    }
    feed.amounts = amounts == "minor" ? AmountForm::minor : AmountForm::decimal;
    // The keys of NDJSON are names, whatever was said about a CSV file on the other side.
    feed.has_header =
        feed.format == Format::ndjson || (!own.has_no_header && !words.both.has_no_header);
    auto read = read_columns(or_else(own.columns, words.both.columns), feed);
    if (!read) return pass_on(read);
    if (auto three = expect_three_columns(feed, side); !three) return pass_on(three);
    auto delimiter = delimiter_from(or_else(own.delimiter, words.both.delimiter));
    if (!delimiter) return pass_on(delimiter);
    feed.delimiter = *delimiter;
    return feed;
}

// A calendar day that exists, as "2026-11-24".
bool is_date(std::string_view text) {
    return parse_rfc3339(fmt::format("{}T00:00:00Z", text)).has_value();
}

// REQUIRES: a plan is wanted.
Result<void> check_options(const PlanOptions& options) {
    if (options.uses_slurm && options.shared_folder.empty() && !options.is_only_printed) {
        return usage_error(
            "expected --shared FOLDER with --slurm, found none; name a folder that all nodes share "
            "under the same name");
    }
    if (!options.uses_slurm && !options.sbatch_words.empty()) {
        return usage_error("expected --sbatch only with --slurm, found it without; add --slurm");
    }
    const std::int64_t tasks = options.tasks.value_or(kDefaultTasks);
    if (tasks < 1 || tasks > static_cast<std::int64_t>(kTasksMax)) {
        return usage_error(fmt::format("expected 1 to {} tasks, found {}", kTasksMax, tasks));
    }
    return {};
}

}  // namespace

Result<Question> question_from(const RunWords& words, const std::string& today) {
    Question question;
    question.date = words.date.empty() ? today : words.date;
    question.exact = words.exact;
    if (!is_date(question.date)) {
        return usage_error(
            fmt::format("expected a date as 2026-11-24, found \"{}\"", question.date));
    }
    std::size_t from_standard_input = 0;
    for (const Side side : {Side::ledger, Side::bank}) {
        auto feed = feed_from(words, side);
        if (!feed) return pass_on(feed);
        from_standard_input += static_cast<std::size_t>(std::ranges::count(feed->files, "-"));
        question.feeds[static_cast<std::size_t>(side)] = std::move(*feed);
    }
    if (from_standard_input > 1) {
        return usage_error(
            "expected \"-\" (standard input) once, found it more often; it can be read only once");
    }
    return question;
}

Result<std::uint64_t> bytes_from(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    const int shift = unit == "KiB" ? 10 : unit == "MiB" ? 20 : unit == "GiB" ? 30 : 0;
    const bool is_unit = shift != 0 || unit.empty();
    const bool is_too_much = number > std::numeric_limits<std::uint64_t>::max() >> shift;
    if (error != std::errc() || !is_unit || is_too_much) {
        return usage_error(
            fmt::format("expected an amount of memory as 256MiB or 2GiB, found \"{}\"", text));
    }
    return number << shift;
}

Result<Settings> settings_from(const RunWords& words) {
    Settings settings;
    const std::string name = words.strategy == "sort-merge" ? "sort_merge" : words.strategy;
    const std::array all = {Strategy::automatic, Strategy::hash, Strategy::sort_merge,
                            Strategy::sketch};
    const auto* const found =
        std::ranges::find_if(all, [&](Strategy strategy) { return to_string(strategy) == name; });
    if (found == all.end()) {
        return usage_error(
            fmt::format("expected the strategy auto, hash, sort-merge or sketch, found \"{}\"",
                        words.strategy));
    }
    settings.strategy = *found;
    settings.exact = words.exact;
    auto memory = bytes_from(words.memory);
    if (!memory) return pass_on(memory);
    settings.memory_bytes = *memory;
    settings.temp_folder = words.temp_folder;
    // In a plan they are tasks at a time, each with one thread.
    settings.threads = words.plan.is_wanted() ? 1 : words.threads;
    return settings;
}

Result<std::optional<PlanWords>> plan_from(const RunWords& words, std::string_view key,
                                           const Machine& machine) {
    const PlanOptions& options = words.plan;
    if (!options.is_wanted()) {
        if (options.shared_folder.empty() && options.task_program.empty() &&
            options.sbatch_words.empty()) {
            return std::nullopt;
        }
        return usage_error(
            "expected --tasks or --slurm with --shared, --sbatch and --task-program, found "
            "neither; say how many tasks, as --tasks 8");
    }
    if (auto good = check_options(options); !good) return pass_on(good);
    const std::filesystem::path shared =
        options.shared_folder.empty() ? words.temp_folder : options.shared_folder;
    std::error_code failed;
    std::filesystem::create_directories(shared, failed);
    if (failed) {
        return usage_error(
            fmt::format("{}: expected a folder that can be made, found: {}; name "
                        "another with --shared",
                        shared.string(), failed.message()));
    }
    PlanWords plan{
        .folder = std::filesystem::absolute(shared) / fmt::format("onsite-reconcile-{}", key),
        .tasks = static_cast<std::size_t>(options.tasks.value_or(kDefaultTasks)),
        .at_once = words.threads};
    plan.runner.program = options.task_program.empty()
                              ? machine.program
                              : std::filesystem::absolute(options.task_program);
    if (options.uses_slurm) plan.slurm = SlurmSettings{.sbatch_words = options.sbatch_words};
    return plan;
}

}  // namespace onsite::reconcile
