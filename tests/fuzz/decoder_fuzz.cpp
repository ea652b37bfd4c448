// Any bytes as a gzip or zstd file: content or an error, never a crash, never content without end.
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "solutions/1-reconciliation/production/input/file_reader.hpp"

namespace onsite::reconcile {
namespace {

// A thousand times the input, as a good compressor may reach; here the bytes are few.
constexpr std::uint64_t kWindowBytesMax = 8 << 20;
constexpr std::size_t kContentBytesMax = 64 << 20;

void try_to_decode(std::span<const char> input) {
    const auto decoder = make_decoder(input, kWindowBytesMax);
    if (decoder == nullptr) return;
    std::vector<char> room(4096);
    std::size_t made = 0;
    while (made < kContentBytesMax) {
        const auto step = decoder->decode(input, room);
        if (!step) return;
        if (step->taken > input.size() || step->made > room.size()) std::abort();
        // Neither bytes in nor bytes out: it waits for more input, and there is none.
        if (step->taken == 0 && step->made == 0) return;
        input = input.subspan(step->taken);
        made += step->made;
    }
}

}  // namespace
}  // namespace onsite::reconcile

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    onsite::reconcile::try_to_decode({reinterpret_cast<const char*>(bytes), size});
    return 0;
}
