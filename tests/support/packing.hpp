// Packs texts as gzip and zstd do.
#pragma once

#include <memory>
#include <string>
#include <zlib.h>
#include <zstd.h>

namespace onsite::reconcile {

// Two members behind each other, as tools that append make them.
inline std::string gzipped(const std::string& text) {
    std::string packed;
    for (const std::string& part :
         {text.substr(0, text.size() / 2), text.substr(text.size() / 2)}) {
        z_stream stream = {};
        deflateInit2(&stream, 1, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
        std::string room(deflateBound(&stream, part.size()) + 64, '\0');
        stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(part.data()));
        stream.avail_in = static_cast<uInt>(part.size());
        stream.next_out = reinterpret_cast<Bytef*>(room.data());
        stream.avail_out = static_cast<uInt>(room.size());
        deflate(&stream, Z_FINISH);
        packed += room.substr(0, stream.total_out);
        deflateEnd(&stream);
    }
    return packed;
}

// `window_log`: how far back a frame may refer, 2^this bytes; 0: what zstd thinks best.
inline std::string zstd_packed(const std::string& text, int window_log = 0) {
    const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(),
                                                                       &ZSTD_freeCCtx);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, 1);
    ZSTD_CCtx_setParameter(context.get(), ZSTD_c_windowLog, window_log);
    std::string room(ZSTD_compressBound(text.size()), '\0');
    room.resize(ZSTD_compress2(context.get(), room.data(), room.size(), text.data(), text.size()));
    return room;
}

}  // namespace onsite::reconcile
