#include "simulator/core/list.hpp"

#include <algorithm>

namespace onsite::simulator {
namespace {

constexpr std::int64_t kLimitMax = 100;

}  // namespace

MomentRange read_moments(ParamReader& params, std::string_view name) {
    if (!params.is_object(name)) {
        const auto moment = params.integer(name);
        return {moment, moment};
    }
    ParamReader sent = params.object(name);
    MomentRange range;
    if (const auto from = sent.integer("gte")) range.from = *from;
    if (const auto after = sent.integer("gt")) range.from = *after + 1;
    if (const auto to = sent.integer("lte")) range.to = *to;
    if (const auto before = sent.integer("lt")) range.to = *before - 1;
    return range;
}

Page read_page(ParamReader& params) {
    Page page;
    page.limit = params.integer("limit", 1, kLimitMax).value_or(page.limit);
    page.starting_after = params.set_text("starting_after").value_or("");
    page.ending_before = params.set_text("ending_before").value_or("");
    if (!page.starting_after.empty() && !page.ending_before.empty()) {
        params.refuse("ending_before",
                      "Received both starting_after and ending_before parameters. Please pass in "
                      "only one.");
    }
    page.created = read_moments(params, "created");
    return page;
}

std::size_t RowNumbers::count_below(std::uint64_t number) const {
    if (chosen == nullptr) return std::min(size, static_cast<std::size_t>(number - first));
    return static_cast<std::size_t>(std::lower_bound(chosen, chosen + size, number) - chosen);
}

Answer list_answer(const Call& call, const ResourceType& type, const std::vector<std::string>& ids,
                   bool has_more) {
    JsonWriter json;
    const View view = call.view().child("data");
    json.begin_object();
    json.word("object", "list");
    json.key("data");
    json.begin_array();
    for (const std::string& id : ids) type.render(json, view, id);
    json.end_array();
    json.flag("has_more", has_more);
    json.text("url", call.path);
    json.end_object();
    return std::make_shared<const std::string>(json.written());
}

}  // namespace onsite::simulator
