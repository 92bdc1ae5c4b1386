import Foundation
@testable import Reports
import Testing

@Suite struct ExperimentSectionTests {
    private func page(_ label: String, value: Double?) -> String {
        let table = ReportDocument.Experiment.Table(
            title: "mean give", name: "cells", columns: ["arm", "ours"], rows: [[.text(label), .number(value)]], note: "A note.")
        return HTMLReport(
            ReportDocument(
                title: "t", subtitle: "s", headline: [],
                sections: [
                    .experiment(
                        .init(
                            title: "Games", lead: ["It asks: why?"],
                            charts: [
                                .init(
                                    title: "mean give", isShare: false,
                                    rows: [
                                        .init(label: label, value: value, low: value.map { $0 - 1 }, high: value.map { $0 + 1 }, human: 2.8, paper: 3)
                                    ], table: table)
                            ], tables: [table], remarks: ["One remark."]))
                ])
        ).rendered()
    }

    @Test func `a chart says in words what it draws, and its figures stand below it`() {
        let page = page("tax", value: 4)
        #expect(page.contains("tax: ours 4.00, people 2.80, paper 3.00"))
        #expect(page.contains("<figcaption>A note.</figcaption>") && page.contains("One remark."))
        #expect(page.components(separatedBy: "<circle").count == 3)
    }

    @Test func `a cell in which nothing was decided has no point`() {
        let page = page("tax", value: nil)
        #expect(page.contains("tax: ours none, people 2.80") && page.components(separatedBy: "<circle").count == 2)
    }

    @Test func `labels are text`() {
        let page = page("<script>alert(1)</script>", value: 1)
        #expect(!page.contains("<script") && page.contains("&lt;script&gt;"))
    }
}
