// A box after it was built: its pipes, its watchdog, its end.
#pragma once

#include <cstdint>
#include <optional>
#include <sys/types.h>

#include "harness/isolation/box.hpp"
#include "harness/isolation/cgroup.hpp"
#include "harness/isolation/child.hpp"
#include "harness/isolation/output_buffer.hpp"

namespace onsite {

struct RunningBoxSpec {
    Child child;
    ProcessHandle first_process;  // Its end is the end of the box.
    Cgroup cgroup;
    Limits limits;
    IsolationReport isolation;  // Its layers say which limits are watched.
    std::size_t stderr_head_bytes = 0;
};

class RunningBox final : public Box {
public:
    RunningBox(RunningBoxSpec spec, Clock& clock);
    ~RunningBox() override;

    bool write(std::string_view bytes, std::int64_t deadline_ns) override;
    void close_stdin() override { spec_.child.stdin_pipe.reset(); }
    Line read_line(std::int64_t deadline_ns) override;
    std::string read_all() override;
    bool has_unread_output() override;
    std::int64_t cpu_ns() const override;
    bool counts_cpu() const override;
    BoxReport finish() override;
    const IsolationReport& isolation() const override { return spec_.isolation; }

    // Waits until the command has ended by itself or a limit ended it.
    void wait_for_end(std::int64_t deadline_ns);

private:
    enum class Waiting { for_output, for_input, for_exit };
    enum class Event { progress, deadline, ended };

    Event step(Waiting waiting, std::int64_t deadline_ns);
    void wait_for_something(Waiting waiting, std::int64_t until_ns);
    void drain_stdout();
    void drain_stderr();
    void watch();
    void end(Ending ending);
    void kill_all();
    bool has(Layer layer) const { return spec_.isolation.layers.has(layer); }
    std::int64_t next_watch_ns() const;
    Ending judge(const BoxReport& report, std::int64_t cpu_ns) const;

    RunningBoxSpec spec_;
    Clock& clock_;
    std::int64_t started_ns_;
    std::int64_t next_cpu_watch_ns_;
    OutputBuffer unread_;
    std::string stderr_head_;
    std::string stderr_tail_;
    std::uint64_t stdout_bytes_ = 0;
    std::uint64_t stderr_bytes_ = 0;
    Ending ended_by_us_ = Ending::running;  // Which limit made us end it.
    std::optional<BoxReport> report_;
};

}  // namespace onsite
