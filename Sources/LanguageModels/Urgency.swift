/// Which calls go first where several wait for their turn: those that belong to the earliest moment.
public enum Urgency {
    /// Seconds of simulated time; calls that belong to no moment go before all that do.
    @TaskLocal public static var moment = Int.min
}
