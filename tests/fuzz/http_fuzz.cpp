// Any bytes at all, as a connection of HTTP: no crash, the same requests however the bytes are cut,
// and nothing in a request that a line of its own could hide in.
#include <cstdint>
#include <cstdlib>

#include "tests/support/split_stream.hpp"

namespace onsite::simulator {
namespace {

void try_connection(std::string_view bytes) {
    const testing::Heard whole = testing::hear(bytes, bytes.size() + 1);
    if (testing::hear(bytes, 1) != whole || testing::hear(bytes, 7) != whole) std::abort();
    std::size_t body_bytes = 0;
    for (const std::string& request : whole.requests) {
        const std::size_t end = request.find("\n\n");
        const std::string head = request.substr(0, end);
        if (head.find_first_of(std::string_view("\r\0", 2)) != head.npos) std::abort();
        // One that was compressed is longer than what was sent.
        if (head.find("Encoding") == head.npos) body_bytes += request.size() - end;
    }
    // What is understood was sent, and only once.
    if (body_bytes > bytes.size()) std::abort();
}

}  // namespace
}  // namespace onsite::simulator

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    onsite::simulator::try_connection({reinterpret_cast<const char*>(bytes), size});
    return 0;
}
