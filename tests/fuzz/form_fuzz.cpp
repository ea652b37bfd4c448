// Any bytes at all, as the form, the header and the path of a request: no crash, no text that
// grows, and the same parameters whatever empty ones stand between them.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/http.hpp"
#include "simulator/wire/base64.hpp"
#include "simulator/wire/param_reader.hpp"
#include "simulator/wire/params.hpp"

namespace onsite::simulator {
namespace {

// Reads it the way endpoints do.
void read(Params& params) {
    ParamReader reader(params);
    reader.text("a");
    reader.integer("b");
    reader.flag("c");
    reader.texts("expand");
    Metadata metadata;
    reader.update_metadata(metadata);
    for (ParamReader& item : reader.objects("items")) item.set_text("price");
    ParamReader(reader.object("d")).currency("currency");
    if (!reader.finish() && render(params.problem.value_or(ApiError{})).empty()) std::abort();
}

void try_form(const std::string& form) {
    Params params;
    Params again;
    const bool is_good = decode_form(form, params).has_value();
    if (decode_form(form, again).has_value() != is_good) std::abort();
    // An empty parameter between two others says nothing.
    if (is_good) {
        Params padded;
        if (!decode_form("&" + form + "&&", padded)) std::abort();
        if (padded.fingerprint() != params.fingerprint()) std::abort();
    }
    read(params);
    // Whatever a header says is decoded to at most its own length.
    if (base64_decoded(form).size() > form.size()) std::abort();
    if (percent_decoded(form).size() > form.size()) std::abort();
}

}  // namespace
}  // namespace onsite::simulator

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    onsite::simulator::try_form(std::string(reinterpret_cast<const char*>(bytes), size));
    return 0;
}
