// plan.json: written once by the command, read by every task.
#include <array>
#include <charconv>
#include <initializer_list>
#include <limits>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "base/json.hpp"
#include "base/json_words.hpp"
#include "solutions/1-reconciliation/production/plan/plan.hpp"
#include "solutions/1-reconciliation/production/storage/content_hash.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::int64_t kVersion = 1;
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::uint64_t kPlanBytesMax = 64 << 20;
constexpr std::string_view kFileName = "plan.json";

Json to_json(const FileHead& head) {
    return {{"id", head.columns.id},
            {"amount", head.columns.amount},
            {"currency", head.columns.currency},
            {"columns", head.columns.count},
            {"rows_byte", head.rows.byte},
            {"rows_line", head.rows.line}};
}

Json to_json(const Feed& feed, const std::vector<PlannedFile>& files) {
    Json list = Json::array();
    for (const PlannedFile& file : files) {
        list.push_back({{"name", file.name},
                        {"path", file.path.string()},
                        {"bytes", file.bytes},
                        {"changed_at_ns", file.changed_at_ns},
                        {"is_compressed", file.is_compressed},
                        {"head", to_json(file.head)}});
    }
    return {{"format", feed.format == Format::csv ? "csv" : "ndjson"},
            {"amounts", feed.amounts == AmountForm::minor ? "minor" : "decimal"},
            {"id", feed.names.id},
            {"amount", feed.names.amount},
            {"currency", feed.names.currency},
            {"has_header", feed.has_header},
            {"number_id", feed.numbers.id},
            {"number_amount", feed.numbers.amount},
            {"number_currency", feed.numbers.currency},
            {"number_count", feed.numbers.count},
            {"delimiter", static_cast<unsigned char>(feed.delimiter)},
            {"files", list}};
}

Json to_json(const Plan& plan) {
    Json key = Json::array();
    for (const std::uint64_t word : plan.settings.hash_key) {
        key.push_back(fmt::format("{:016x}", word));
    }
    Json tasks = Json::array();
    for (const auto& pieces : plan.pieces) {
        Json list = Json::array();
        for (const Piece& piece : pieces) {
            list.push_back({{"side", to_string(piece.side)},
                            {"file", piece.file},
                            {"begin", piece.begin},
                            {"end", piece.end}});
        }
        tasks.push_back(list);
    }
    return {{"version", kVersion},
            {"strategy", to_string(plan.settings.strategy)},
            {"memory_bytes", plan.settings.memory_bytes},
            {"kept_bytes", plan.settings.kept_bytes},
            {"temp_folder", plan.settings.temp_folder.string()},
            {"rows_max", plan.settings.rows_max},
            {"hash_key", key},
            {"hash_bits", plan.settings.hash_bits},
            {"sketch_bits", plan.sketch_bits},
            {"partition_bits", plan.partition_bits},
            {"ledger", to_json(plan.feeds[0], plan.files[0])},
            {"bank", to_json(plan.feeds[1], plan.files[1])},
            {"tasks", tasks}};
}

std::uint64_t natural(JsonReader& reader, const char* key) {
    return static_cast<std::uint64_t>(reader.number(key, 0, kMost));
}

Result<PlannedFile> read_planned_file(const Json& json, const std::string& where) {
    PlannedFile file;
    JsonReader reader(json, where);
    file.name = reader.text("name");
    file.path = reader.text("path");
    file.bytes = natural(reader, "bytes");
    file.changed_at_ns =
        reader.number("changed_at_ns", std::numeric_limits<std::int64_t>::min(), kMost);
    file.is_compressed = reader.flag_or("is_compressed", false);
    JsonReader head(reader.object("head"), where + ".head");
    file.head.columns = {.id = natural(head, "id"),
                         .amount = natural(head, "amount"),
                         .currency = natural(head, "currency"),
                         .count = natural(head, "columns")};
    file.head.rows.byte = natural(head, "rows_byte");
    file.head.rows.line = natural(head, "rows_line");
    if (auto done = reader.finish(); !done) return pass_on(done);
    if (auto done = head.finish(); !done) return pass_on(done);
    return file;
}

// The value of a word that has no to_string(): the first one, and a complaint, for another word.
template <typename Value>
Value one_of(JsonReader& reader, const char* key,
             std::initializer_list<std::pair<std::string_view, Value>> words) {
    const std::string found = reader.text(key);
    for (const auto& [word, value] : words) {
        if (found == word) return value;
    }
    reader.complain(key, fmt::format("expected {} or {}, found \"{}\"", words.begin()->first,
                                     (words.end() - 1)->first, found));
    return words.begin()->second;
}

Result<void> read_feed(const Json& json, const std::string& where, Feed& feed,
                       std::vector<PlannedFile>& files) {
    JsonReader reader(json, where);
    feed.format =
        one_of<Format>(reader, "format", {{"csv", Format::csv}, {"ndjson", Format::ndjson}});
    feed.amounts = one_of<AmountForm>(
        reader, "amounts", {{"minor", AmountForm::minor}, {"decimal", AmountForm::decimal}});
    feed.names = {.id = reader.text("id"),
                  .amount = reader.text("amount"),
                  .currency = reader.text("currency")};
    feed.has_header = reader.flag_or("has_header", true);
    feed.numbers = {.id = natural(reader, "number_id"),
                    .amount = natural(reader, "number_amount"),
                    .currency = natural(reader, "number_currency"),
                    .count = natural(reader, "number_count")};
    feed.delimiter = static_cast<char>(reader.number("delimiter", 0, 255));
    for (const Json& one : reader.array("files")) {
        auto file = read_planned_file(one, fmt::format("{}.files[{}]", where, files.size()));
        if (!file) return pass_on(file);
        feed.files.push_back(file->path);
        files.push_back(std::move(*file));
    }
    return reader.finish();
}

Result<Piece> read_piece(const Json& json, const std::string& where, const Plan& plan) {
    JsonReader reader(json, where);
    Piece piece;
    piece.side = read_word(reader, "side", std::array{Side::ledger, Side::bank});
    const auto& files = plan.files_of(piece.side);
    piece.file = static_cast<std::uint32_t>(
        reader.number("file", 0, static_cast<std::int64_t>(files.size()) - 1));
    piece.begin = natural(reader, "begin");
    piece.end = natural(reader, "end");
    if (auto done = reader.finish(); !done) return pass_on(done);
    return piece;
}

Result<void> read_settings(JsonReader& reader, Plan& plan) {
    Settings& settings = plan.settings;
    settings.strategy = read_word(reader, "strategy", std::array{Strategy::hash, Strategy::sketch});
    settings.memory_bytes = natural(reader, "memory_bytes");
    settings.kept_bytes = natural(reader, "kept_bytes");
    settings.temp_folder = reader.text("temp_folder");
    settings.rows_max = natural(reader, "rows_max");
    settings.hash_bits = static_cast<int>(reader.number("hash_bits", 1, 64));
    plan.sketch_bits = static_cast<int>(reader.number("sketch_bits", 1, 40));
    plan.partition_bits = static_cast<int>(reader.number("partition_bits", 0, 16));
    const auto key = reader.texts("hash_key");
    for (std::size_t i = 0; i < settings.hash_key.size(); ++i) {
        if (key.size() != settings.hash_key.size() || key[i].size() != 16 ||
            std::from_chars(key[i].data(), key[i].data() + 16, settings.hash_key[i], 16).ptr !=
                key[i].data() + 16) {
            reader.complain("hash_key", "expected four times 16 hexadecimal digits");
            break;
        }
    }
    return {};
}

Result<Plan> parse_plan(const std::string& text, const std::string& where) {
    auto json = parse_json(text, where);
    if (!json) return pass_on(json);
    Plan plan;
    JsonReader reader(*json, where);
    reader.number("version", kVersion, kVersion);
    if (auto read = read_settings(reader, plan); !read) return pass_on(read);
    for (std::size_t side = 0; side < kSides; ++side) {
        const std::string name(to_string(static_cast<Side>(side)));
        auto read = read_feed(reader.object(name.c_str()), where + ": " + name, plan.feeds[side],
                              plan.files[side]);
        if (!read) return pass_on(read);
    }
    for (const Json& task : reader.array("tasks")) {
        auto& pieces = plan.pieces.emplace_back();
        if (!task.is_array()) reader.complain("tasks", "expected a list of lists of pieces");
        for (const Json& one : task) {
            auto piece =
                read_piece(one, fmt::format("{}: tasks[{}]", where, plan.pieces.size() - 1), plan);
            if (!piece) return pass_on(piece);
            pieces.push_back(*piece);
        }
    }
    if (plan.pieces.empty() || plan.pieces.size() > kTasksMax) {
        reader.complain("tasks", fmt::format("expected 1 to {} of them", kTasksMax));
    }
    if (auto done = reader.finish(); !done) return pass_on(done);
    plan.run = content_hash_of(text);
    return plan;
}

}  // namespace

Result<void> save_plan(Plan& plan, const std::filesystem::path& folder) {
    const auto path = folder / kFileName;
    std::string text;
    try {
        text = to_json(plan).dump(1) + "\n";
    } catch (const Json::exception&) {
        return usage_error(
            "expected names of files and columns in UTF-8, found others: a plan cannot say them; "
            "rename them, or reconcile on one machine");
    }
    std::error_code failed;
    for (const char* part : {"out", "errors", "logs"}) {
        std::filesystem::create_directories(folder / part, failed);
        if (failed) {
            return tool_error(fmt::format("{}: expected a folder that can be made, found: {}",
                                          (folder / part).string(), failed.message()));
        }
    }
    plan.run = content_hash_of(text);
    if (!std::filesystem::exists(path)) return write_file(path, text);
    auto there = read_file(path, kPlanBytesMax);
    if (!there) return pass_on(there);
    if (*there == text) return {};
    return usage_error(
        fmt::format("{}: expected no plan or the same one, found another; name a "
                    "new folder, or remove this one",
                    path.string()));
}

Result<Plan> save_or_resume_plan(Plan wanted, const std::filesystem::path& folder) {
    if (std::filesystem::exists(folder / kFileName)) {
        auto there = load_plan(folder);
        if (!there) return there;
        wanted.settings.hash_key = there->settings.hash_key;
    }
    if (auto saved = save_plan(wanted, folder); !saved) return pass_on(saved);
    return wanted;
}

Result<Plan> load_plan(const std::filesystem::path& folder) {
    const auto path = folder / kFileName;
    auto text = read_file(path, kPlanBytesMax);
    if (!text) return pass_on(text);
    return parse_plan(*text, path.string());
}

}  // namespace onsite::reconcile
