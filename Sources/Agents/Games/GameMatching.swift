internal import Kernel

extension Game {
    /// Who sits where in a round: players by group, then seat.
    ///
    /// Roles stay with players. Partners meet in every round; strangers are drawn anew within their pool, the last pool
    /// being the greater where groups do not divide into pools. Draws name the round and nothing of the arm, so that in all
    /// arms the same people meet at first.
    ///
    /// - Parameters:
    ///   - players: A multiple of the group's size.
    ///   - round: From 1.
    public func groups(of players: Int, round: Int, seed: UInt64) -> [[Int]] {
        precondition(players > 0 && players % groupSize == 0, "whole groups")
        var first = RandomStream(seed: seed, "game", "matching")
        let seated = Array(0..<players).shuffled(using: &first)
        let count = players / groupSize
        // Seat by seat: those who move first, then those who answer; of public goods all alike, group after group.
        var groups = (0..<count).map { group in
            kind == .publicGoods
                ? Array(seated[(group * groupSize)..<((group + 1) * groupSize)]) : [seated[group], seated[count + group]]
        }
        guard matching == .strangers, round > 1 else { return groups }
        let pools = max(1, count / pool)
        for number in 0..<pools {
            let members = (number * pool)..<(number == pools - 1 ? count : (number + 1) * pool)
            var again = RandomStream(seed: seed, "game", "matching", String(round), String(number))
            let moving = members.flatMap { kind == .publicGoods ? groups[$0] : [groups[$0][1]] }.shuffled(using: &again)
            for (place, group) in members.enumerated() {
                if kind == .publicGoods {
                    groups[group] = Array(moving[(place * groupSize)..<((place + 1) * groupSize)])
                } else {
                    groups[group][1] = moving[place]
                }
            }
        }
        return groups
    }
}
