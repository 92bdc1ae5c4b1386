import Foundation

/// Commands that go by the names of Slurm's and run an array's tasks here, one after the other.
struct FakeSlurm {
    let folder: String

    /// - Parameters:
    ///   - kills: Tasks that end without having run.
    ///   - waits: Whether tasks stay in the queue until ``go()``.
    init(in folder: URL, kills: [Int] = [], waits: Bool = false) throws {
        self.folder = folder.appending(path: "slurm").path
        try FileManager.default.createDirectory(atPath: self.folder + "/queue", withIntermediateDirectories: true)
        try write("sbatch", """
            #!/bin/bash
            fake='\(self.folder)'
            printf '%s\\n' "$*" >>"$fake/calls"
            while [[ $1 == --* ]]; do
              case $1 in
              --job-name=*) name=${1#*=} ;;
              --array=1-*) count=${1#--array=1-} ;;
              --output=*) log=${1#*=}; log=${log//'%%'/%} ;;
              esac
              shift
            done
            script=$1; shift
            for ((task = 1; task <= count; task++)); do touch "$fake/queue/$name.$task"; done
            (
              # Whoever waits for us waits for all that hold what was opened before.
              for ((open = 3; open < 64; open++)); do eval "exec $open>&-"; done
              while [ -e "$fake/wait" ]; do sleep 0.05; done
              for ((task = 1; task <= count; task++)); do
                case " \(kills.map(String.init).joined(separator: " ")) " in
                *" $task "*) [ -e "$fake/killed.$task" ] || { touch "$fake/killed.$task"; rm "$fake/queue/$name.$task"; continue; } ;;
                esac
                SLURM_ARRAY_TASK_ID=$task bash "$script" "$@" >"${log//'%a'/$task}" 2>&1
                rm "$fake/queue/$name.$task"
              done
            ) </dev/null >/dev/null 2>&1 &
            echo 4711
            """)
        try write("squeue", """
            #!/bin/bash
            names=,${*: -1},
            for file in '\(self.folder)'/queue/*; do
              name=${file##*/}
              case $names in *",${name%.*},"*) echo "${name##*.} ${name%.*}" ;; esac
            done
            """)
        try write("sinfo", "#!/bin/bash\necho 'debug 0/9/0/9'; echo 'main* 0/2/0/2'\n")
        if waits { try Data().write(to: URL(fileURLWithPath: self.folder + "/wait")) }
    }

    func go() throws { try FileManager.default.removeItem(atPath: folder + "/wait") }

    /// The arguments of every submission.
    func calls() -> [String] {
        ((try? String(contentsOfFile: folder + "/calls", encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
    }

    func variables() -> [String: String] {
        ["PATH": folder + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")]
    }

    private func write(_ name: String, _ text: String) throws {
        let file = folder + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
    }
}
