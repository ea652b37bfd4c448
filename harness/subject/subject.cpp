#include "harness/subject/subject.hpp"

#include <cstdint>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"

namespace onsite {
namespace {

Json to_json(const Limits& limits) {
    return {{"memory_bytes", limits.memory_bytes}, {"processes", limits.processes},
            {"file_bytes", limits.file_bytes},     {"tmp_bytes", limits.tmp_bytes},
            {"open_files", limits.open_files},     {"cpu_seconds", limits.cpu_seconds},
            {"wall_ms", limits.wall_ms},           {"stdout_bytes", limits.stdout_bytes},
            {"stderr_bytes", limits.stderr_bytes}};
}

Result<Limits> limits_from_json(const Json& value, const std::string& where) {
    JsonReader reader(value, where);
    const auto amount = [&reader](const char* key) {
        return static_cast<std::uint64_t>(reader.number(key, 0, INT64_MAX));
    };
    Limits limits;
    limits.memory_bytes = amount("memory_bytes");
    limits.processes = amount("processes");
    limits.file_bytes = amount("file_bytes");
    limits.tmp_bytes = amount("tmp_bytes");
    limits.open_files = amount("open_files");
    limits.cpu_seconds = amount("cpu_seconds");
    // The watchdog counts in nanoseconds.
    limits.wall_ms = reader.number("wall_ms", 0, INT64_MAX / 1'000'000);
    limits.stdout_bytes = amount("stdout_bytes");
    limits.stderr_bytes = amount("stderr_bytes");
    if (auto done = reader.finish(); !done) return pass_on(done);
    return limits;
}

Json to_json(const Mount& mount) {
    return {{"host", mount.host.string()}, {"inside", mount.inside.string()}};
}

Result<Mount> mount_from_json(const Json& value, const std::string& where) {
    JsonReader reader(value, where);
    Mount mount{.host = reader.text("host"), .inside = reader.text("inside")};
    if (auto done = reader.finish(); !done) return pass_on(done);
    return mount;
}

}  // namespace

Json to_json(const Subject& subject) {
    Json mounts = Json::array();
    for (const Mount& mount : subject.mounts) mounts.push_back(to_json(mount));
    return {{"name", subject.name},
            {"language", subject.language},
            {"content_hash", subject.content_hash},
            {"command", subject.command},
            {"mounts", std::move(mounts)},
            {"limits", to_json(subject.limits)}};
}

Result<Subject> subject_from_json(const Json& value, const std::string& where) {
    JsonReader reader(value, where);
    Subject subject;
    subject.name = reader.text("name");
    subject.language = reader.text("language");
    subject.content_hash = reader.text("content_hash");
    subject.command = reader.texts("command");
    const Json& mounts = reader.array("mounts");
    const Json& limits_json = reader.object("limits");
    if (auto done = reader.finish(); !done) return pass_on(done);

    for (const Json& mount_json : mounts) {
        auto mount = mount_from_json(mount_json,
                                     fmt::format("{}: mounts[{}]", where, subject.mounts.size()));
        if (!mount) return pass_on(mount);
        subject.mounts.push_back(std::move(*mount));
    }
    auto limits = limits_from_json(limits_json, where + ": limits");
    if (!limits) return pass_on(limits);
    subject.limits = *limits;
    return subject;
}

}  // namespace onsite
