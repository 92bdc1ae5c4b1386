internal import Agents
public import Kernel

/// Who came to a gathering that a piece of news announces.
///
/// Whoever was awake in its place, or in an area of it, for long enough in all between its beginning and its end, came.
///
/// - Source: Park et al. 2023, "Generative Agents", section 7.1.1: 5 of 12 invited came.
public struct Attendance: Hashable, Sendable {
    public var gathering: World.News.Gathering
    /// Persona ids, sorted, of those who knew of it from the start.
    public var hosts: [String]
    /// Those who knew of it when it began, the hosts among them.
    public var knew: [String]
    /// Those who had heard of it before it began from somebody whose memory of it was recalled for those words; no hosts.
    public var invited: [String]
    public var came: [String]
    /// Whether the run goes on to its end.
    public var complete: Bool

    public var invitedCame: [String] { came.filter(invited.contains) }

    /// - Parameters:
    ///   - diffusion: Of this news in this run.
    ///   - least: How long somebody must have been there.
    /// - Returns: Missing where no gathering is announced or it has not begun when the run ends.
    /// - Complexity: O(occurrences + residents).
    public static func of(
        _ news: World.News, _ diffusion: Diffusion, in run: RecordedRun, least: TimeSpan = .minutes(1)
    ) -> Measured<Attendance> {
        guard let gathering = news.gathering else { return .missing("the news announces no gathering") }
        guard run.until > gathering.from else {
            return .missing("the run ends at \(run.until), before it begins at \(gathering.from)")
        }
        let places = run.world.within(gathering.place)
        let time = [Span(from: gathering.from, until: gathering.until)]
        let came = Whereabouts.all(in: run).filter {
            $0.awake(in: places).seconds(within: time) >= max(1, least.seconds)
        }.map(\.resident)
        let knew = run.residents.filter { resident in
            diffusion.started.contains(resident) || diffusion.hops.contains { $0.to == resident && $0.time < gathering.from }
        }
        let invited = run.residents.filter { resident in
            !diffusion.started.contains(resident)
                && diffusion.hearings.contains { $0.to == resident && $0.way == .traced && $0.time < gathering.from }
        }
        return .value(
            Attendance(
                gathering: gathering, hosts: diffusion.started, knew: knew, invited: invited, came: came,
                complete: run.until >= gathering.until))
    }
}
