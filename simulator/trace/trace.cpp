#include "simulator/trace/trace.hpp"

#include "base/stable_hash.hpp"

namespace onsite::simulator {

void Trace::finish_line() {
    const std::string_view line = line_.written();
    hash_ = add_to_hash(hash_, line);
    ++count_;
    if (sink_) sink_(line);
}

}  // namespace onsite::simulator
