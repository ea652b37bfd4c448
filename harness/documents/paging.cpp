#include "harness/documents/paging.hpp"

#include <algorithm>
#include <string>

#include "base/ascii.hpp"

namespace onsite {
namespace {

constexpr std::string_view kMoreNames[] = {"hasmore",    "hasnextpage",   "next",
                                           "nextcursor", "nextpagetoken", "nexttoken"};

bool is_one_of(std::span<const std::string_view> names, std::string_view name) {
    std::string letters = lowered(name);
    std::erase_if(letters, [](char letter) { return letter < 'a' || letter > 'z'; });
    return std::ranges::find(names, letters) != names.end();
}

}  // namespace

const ApiParameter* query_called(const ApiOperation& operation,
                                 std::span<const std::string_view> names) {
    const auto found =
        std::ranges::find_if(operation.parameters, [&](const ApiParameter& parameter) {
            return parameter.in == "query" && is_one_of(names, parameter.name);
        });
    return found == operation.parameters.end() ? nullptr : &*found;
}

bool says_there_is_more(const OpenApi& api, const YamlNode* page) {
    const auto says_so = [](const std::string& name) { return is_one_of(kMoreNames, name); };
    return std::ranges::any_of(api.properties(page), [&](const std::string& name) {
        return says_so(name) ||
               std::ranges::any_of(api.properties(api.property(page, name)), says_so);
    });
}

}  // namespace onsite
