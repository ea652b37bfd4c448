// Any bytes at all, as a query of /search: no crash, a bounded result, and a query that is good has
// one form that reads the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "simulator/wire/search_query.hpp"

namespace onsite::simulator {
namespace {

void try_query(std::string_view text) {
    const auto query = parse_search(text);
    if (!query) {
        if (query.error().empty()) std::abort();
        return;
    }
    if (query->clauses.empty() || query->clauses.size() > kSearchClausesMax) std::abort();
    if (parse_search(to_string(*query)) != query) std::abort();
}

}  // namespace
}  // namespace onsite::simulator

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    onsite::simulator::try_query({reinterpret_cast<const char*>(bytes), size});
    return 0;
}
