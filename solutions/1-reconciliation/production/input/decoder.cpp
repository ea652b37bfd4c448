// gzip by zlib and zstd by libzstd, as streams: a bomb costs time but never memory.
#include <algorithm>
#include <bit>
#include <limits>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <fmt/format.h>

#include "solutions/1-reconciliation/production/input/file_reader.hpp"

namespace onsite::reconcile {
namespace {

// A frame may ask for a window of history; it never gets more than zstd's own default.
constexpr int kZstdWindowLogMin = 20;
constexpr int kZstdWindowLogMax = 27;

std::unexpected<Error> damaged(std::string_view form, std::string_view how) {
    return usage_error(fmt::format("damaged {} data ({}); fetch the file again", form, how));
}

class GzipDecoder final : public Decoder {
public:
    GzipDecoder() { inflateInit2(&stream_, MAX_WBITS + 16); }
    GzipDecoder(const GzipDecoder&) = delete;
    GzipDecoder& operator=(const GzipDecoder&) = delete;
    ~GzipDecoder() override { inflateEnd(&stream_); }

    Result<Step> decode(std::span<const char> input, std::span<char> output) override {
        constexpr std::size_t kMax = std::numeric_limits<uInt>::max();
        if (is_between_) {
            // As gzip does: whoever writes in blocks fills the last one up.
            const std::size_t zeros = leading_zeros(input);
            if (zeros > 0) return Step{zeros, 0};
            inflateReset(&stream_);
            is_between_ = false;
        }
        // zlib does not write to its input, it only lacks the word const.
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
        stream_.avail_in = static_cast<uInt>(std::min(input.size(), kMax));
        stream_.next_out = reinterpret_cast<Bytef*>(output.data());
        stream_.avail_out = static_cast<uInt>(std::min(output.size(), kMax));
        const uInt in = stream_.avail_in;
        const uInt out = stream_.avail_out;
        const int status = inflate(&stream_, Z_NO_FLUSH);
        if (status == Z_STREAM_END) {
            is_between_ = true;
        } else if (status != Z_OK && status != Z_BUF_ERROR) {
            return damaged("gzip", stream_.msg ? stream_.msg : "no reason given");
        }
        return Step{in - stream_.avail_in, out - stream_.avail_out};
    }
    bool may_end() const override { return is_between_; }

private:
    static std::size_t leading_zeros(std::span<const char> bytes) {
        const auto end = std::ranges::find_if(bytes, [](char byte) { return byte != 0; });
        return static_cast<std::size_t>(end - bytes.begin());
    }

    z_stream stream_ = {};
    bool is_between_ = false;  // One member is complete; another may follow.
};

class ZstdDecoder final : public Decoder {
public:
    explicit ZstdDecoder(std::uint64_t window_bytes_max)
        : stream_(ZSTD_createDCtx(), &ZSTD_freeDCtx),
          window_log_max_(std::clamp(static_cast<int>(std::bit_width(window_bytes_max)) - 1,
                                     kZstdWindowLogMin, kZstdWindowLogMax)) {
        ZSTD_DCtx_setParameter(stream_.get(), ZSTD_d_windowLogMax, window_log_max_);
    }

    Result<Step> decode(std::span<const char> input, std::span<char> output) override {
        ZSTD_inBuffer in = {input.data(), input.size(), 0};
        ZSTD_outBuffer out = {output.data(), output.size(), 0};
        const std::size_t status = ZSTD_decompressStream(stream_.get(), &out, &in);
        if (ZSTD_isError(status)) return refusal(status);
        is_between_ = status == 0;
        return Step{in.pos, out.pos};
    }
    bool may_end() const override { return is_between_; }

private:
    // What is not damaged is not mended by fetching it again.
    std::unexpected<Error> refusal(std::size_t status) const {
        switch (ZSTD_getErrorCode(status)) {
            case ZSTD_error_frameParameter_windowTooLarge:
                return usage_error(fmt::format(
                    "zstd data that needs more than the {} MiB of history that {}",
                    1 << (window_log_max_ - 20),
                    window_log_max_ < kZstdWindowLogMax
                        ? "the memory setting allows; allow more memory"
                        : "is the most that is ever allowed; pack it again without --long"));
            case ZSTD_error_dictionary_wrong:
                return usage_error(
                    "zstd data that was packed with a dictionary; pack it again without one");
            default:
                return damaged("zstd", ZSTD_getErrorName(status));
        }
    }

    std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> stream_;
    int window_log_max_;
    bool is_between_ = false;
};

// RFC 8878: a frame of zstd, or one to be skipped, with which pzstd begins its files.
bool is_zstd(std::string_view bytes) {
    if (bytes.starts_with("\x28\xB5\x2F\xFD")) return true;
    return bytes.size() >= 4 && (bytes[0] & 0xF0) == 0x50 && bytes.substr(1, 3) == "\x2A\x4D\x18";
}

}  // namespace

std::unique_ptr<Decoder> make_decoder(std::span<const char> first_bytes,
                                      std::uint64_t window_bytes_max) {
    const std::string_view bytes(first_bytes.data(), first_bytes.size());
    if (bytes.starts_with("\x1F\x8B")) return std::make_unique<GzipDecoder>();
    if (is_zstd(bytes)) return std::make_unique<ZstdDecoder>(window_bytes_max);
    return nullptr;
}

}  // namespace onsite::reconcile
