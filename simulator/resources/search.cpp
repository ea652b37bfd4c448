#include "simulator/resources/search.hpp"

#include <fmt/format.h>

namespace onsite::simulator {
namespace {

constexpr std::int64_t kSearchLimitMax = 100;

std::string lower(std::string_view text) {
    std::string all(text);
    for (char& c : all) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return all;
}

bool compares(SearchOperator op, std::int64_t value, std::int64_t with) {
    switch (op) {
        case SearchOperator::equals:
            return value == with;
        case SearchOperator::greater:
            return value > with;
        case SearchOperator::at_least:
            return value >= with;
        case SearchOperator::less:
            return value < with;
        case SearchOperator::at_most:
            return value <= with;
        case SearchOperator::contains:
            break;
    }
    return false;
}

}  // namespace

std::expected<SearchParams, ApiError> read_search(Call& call) {
    SearchParams sent;
    const std::string text(call.params.required_text("query"));
    sent.limit = call.params.integer("limit", 1, kSearchLimitMax).value_or(sent.limit);
    sent.page = call.params.set_text("page").value_or("");
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    auto query = parse_search(text);
    if (!query) return std::unexpected(invalid_parameter("query", std::move(query.error())));
    sent.query = std::move(*query);
    return sent;
}

bool fits(const SearchClause& clause, const SearchValue& value) {
    if (clause.is_null) return value.text.empty() && !value.number;
    if (value.number) return clause.number && compares(clause.op, *value.number, *clause.number);
    if (value.text.empty()) return false;
    if (clause.op == SearchOperator::contains) {
        return lower(value.text).find(lower(clause.value)) != std::string::npos;
    }
    return lower(value.text) == lower(clause.value);
}

ApiError unsupported_field(std::string_view field, std::string_view plural) {
    return invalid_parameter(
        "query", fmt::format("Field `{}` is an unsupported search field for resource `{}`. See "
                             "http://stripe.com/docs/search#query-fields-for-{} for a list of "
                             "supported fields.",
                             field, plural, plural));
}

std::expected<void, ApiError> check_operator(const SearchClause& clause, SearchKind kind) {
    const bool is_exact = clause.op == SearchOperator::equals;
    const bool is_part = clause.op == SearchOperator::contains;
    const bool is_good =
        is_exact || (kind == SearchKind::number ? !is_part : is_part && kind == SearchKind::text);
    if (is_good) {
        if (kind != SearchKind::number || clause.number || clause.is_null) return {};
        return std::unexpected(invalid_parameter(
            "query",
            fmt::format("Field `{}` is a number, and `{}` is none.", clause.field, clause.value)));
    }
    return std::unexpected(invalid_parameter(
        "query", fmt::format("Field `{}` does not support this operator: {} match with `:`{}.",
                             clause.field, kind == SearchKind::number ? "numbers" : "its values",
                             kind == SearchKind::number ? ", `>`, `>=`, `<` and `<=`"
                             : kind == SearchKind::text ? " and `~`"
                                                        : " only")));
}

ApiError no_such_page(std::string_view page) {
    return invalid_parameter(
        "page", fmt::format("Invalid page: {}. Pass the next_page of an answer.", page));
}

Answer search_answer(const Call& call, const ResourceType& type,
                     const std::vector<std::string>& ids, const std::string& next_page) {
    JsonWriter json;
    const View view = call.view().child("data");
    json.begin_object();
    json.word("object", "search_result");
    json.key("data");
    json.begin_array();
    for (const std::string& id : ids) type.render(json, view, id);
    json.end_array();
    json.flag("has_more", !next_page.empty());
    json.text_or_null("next_page", next_page);
    json.text("url", call.path);
    json.end_object();
    return std::make_shared<const std::string>(json.written());
}

}  // namespace onsite::simulator
