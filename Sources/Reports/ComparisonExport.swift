public import Surveys

/// A comparison as tidy CSV and as JSON, with every figure at full precision.
public enum ComparisonExport {
    /// One row a question, group, correction and option.
    public static func csv(cells: [ComparisonCell]) -> String {
        var writer = CSVWriter(header: [
            "question", "scale", "group", "correction", "option", "human_share", "human_low", "human_high",
            "model_share", "model_low", "model_high", "n", "n_eff", "m", "similarity", "similarity_low",
            "similarity_high", "total_variation", "jensen_shannon_bits", "skill", "noise_floor", "split_half", "modal",
            "uniform", "drawn_people", "everybody", "yardstick", "human_standard_error", "jensen_shannon_distance",
            "kullback_leibler_bits", "hellinger", "entropy_ratio", "variance_ratio", "rao_scott", "rao_scott_df",
            "rao_scott_p", "design_effect",
        ])
        for cell in cells {
            for (index, option) in cell.options.enumerated() {
                let human = element(index, of: cell.humanIntervals)
                let model = element(index, of: cell.modelIntervals)
                var row: [CSVWriter.Cell] = [
                    .text(cell.question), .text(cell.scale.rawValue), .text(cell.group ?? ""), .text(cell.correction),
                    .text(option),
                ]
                row += [element(index, of: cell.human.shares), human?.low, human?.high].map { .number($0) }
                row += [element(index, of: cell.model.shares), model?.low, model?.high].map { .number($0) }
                row += [.count(cell.human.count), .number(cell.human.effectiveSize), .count(cell.model.count)]
                row += [
                    cell.similarity.value, cell.similarity.low, cell.similarity.high, cell.totalVariation,
                    cell.jensenShannonBits, cell.skill,
                ].map { .number($0) }
                row += figures(cell.mirrors).map { .number($0.1) }
                row += [.number(element(index, of: cell.spread?.standardErrors))]
                row += spread(cell.spread).map { .number($0.1) }
                writer.append(row)
            }
        }
        return writer.text
    }

    /// One row a scale, group and correction.
    public static func csv(summaries: [ComparisonSummary]) -> String {
        var writer = CSVWriter(header: [
            "scale", "group", "correction", "questions", "n", "n_eff", "m", "similarity", "similarity_low",
            "similarity_high", "over_items_low", "over_items_high", "skill", "noise_floor", "split_half", "modal",
            "uniform", "drawn_people", "everybody", "yardstick",
        ])
        for summary in summaries {
            var row: [CSVWriter.Cell] = [
                .text(summary.scale.rawValue), .text(summary.group ?? ""), .text(summary.correction),
                .count(summary.questions), .count(summary.humanCount), .number(summary.humanEffectiveSize),
                .count(summary.modelCount),
            ]
            row += [
                summary.similarity.value, summary.similarity.low, summary.similarity.high,
                summary.similarityOverItems?.low, summary.similarityOverItems?.high, summary.skill,
            ].map { .number($0) }
            row += figures(summary.mirrors).map { .number($0.1) }
            writer.append(row)
        }
        return writer.text
    }

    public static func json(_ panels: [ComparedPanel], yardstick: [String]) -> JSONValue {
        let (summaries, cells) = (panels.flatMap(\.summaries), panels.flatMap(\.cells))
        return [
            "headline": JSONValue(ComparisonHeadline.paragraphs(summaries, cells: cells)),
            "summaries": .array(summaries.map(json)), "cells": .array(cells.map(json)),
            "findings": ComparisonFindings.json(panels, yardstick: yardstick),
        ]
    }

    private static func json(_ summary: ComparisonSummary) -> JSONValue {
        [
            "scale": .string(summary.scale.rawValue), "group": JSONValue(summary.group),
            "correction": .string(summary.correction), "questions": .integer(summary.questions),
            "n": .integer(summary.humanCount), "n_eff": .number(summary.humanEffectiveSize),
            "m": .integer(summary.modelCount), "similarity": json(summary.similarity),
            "similarity_over_items": summary.similarityOverItems.map(json) ?? .null,
            "skill": JSONValue(summary.skill), "mirrors": json(summary.mirrors),
        ]
    }

    private static func json(_ cell: ComparisonCell) -> JSONValue {
        [
            "question": .string(cell.question), "scale": .string(cell.scale.rawValue), "group": JSONValue(cell.group),
            "correction": .string(cell.correction), "options": JSONValue(cell.options),
            "n": .integer(cell.human.count), "n_eff": .number(cell.human.effectiveSize),
            "m": .integer(cell.model.count), "human": JSONValue(cell.human.shares),
            "model": JSONValue(cell.model.shares),
            "human_intervals": cell.humanIntervals.map { .array($0.map(json)) } ?? .null,
            "model_intervals": cell.modelIntervals.map { .array($0.map(json)) } ?? .null,
            "similarity": json(cell.similarity), "total_variation": .number(cell.totalVariation),
            "jensen_shannon_bits": .number(cell.jensenShannonBits), "skill": JSONValue(cell.skill),
            "mirrors": json(cell.mirrors),
            "human_standard_errors": cell.spread?.standardErrors.map { JSONValue($0) } ?? .null,
            "spread": .object(spread(cell.spread).map { .init($0.0, JSONValue($0.1)) }),
        ]
    }

    private static func spread(_ spread: ComparisonCell.Spread?) -> [(String, Double?)] {
        [
            ("jensen_shannon_distance", spread?.jensenShannonDistance),
            ("kullback_leibler_bits", spread?.kullbackLeiblerBits), ("hellinger", spread?.hellinger),
            ("entropy_ratio", spread?.entropyRatio), ("variance_ratio", spread?.varianceRatio),
            ("rao_scott", spread?.test?.statistic), ("rao_scott_df", spread?.test?.degreesOfFreedom),
            ("rao_scott_p", spread?.test?.p), ("design_effect", spread?.test?.designEffect),
        ]
    }

    private static func json(_ estimate: ComparisonCell.Estimate) -> JSONValue {
        ["value": .number(estimate.value), "low": JSONValue(estimate.low), "high": JSONValue(estimate.high)]
    }

    private static func json(_ mirrors: ComparisonCell.Mirrors) -> JSONValue {
        .object(figures(mirrors).map { .init($0.0, JSONValue($0.1)) })
    }

    private static func figures(_ mirrors: ComparisonCell.Mirrors) -> [(String, Double?)] {
        [
            ("noise_floor", mirrors.noiseFloor), ("split_half", mirrors.splitHalf), ("modal", mirrors.modal),
            ("uniform", mirrors.uniform), ("drawn_people", mirrors.drawnPeople), ("everybody", mirrors.everybody),
            ("yardstick", mirrors.yardstick),
        ]
    }
}

/// The element, `nil` past the end or where there is no array.
func element<Element>(_ index: Int, of array: [Element]?) -> Element? {
    array.flatMap { $0.indices.contains(index) ? $0[index] : nil }
}
