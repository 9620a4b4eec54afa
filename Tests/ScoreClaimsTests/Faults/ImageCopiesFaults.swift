import ScoreCore

@testable import ScoreClaims
@testable import ScoreLab

extension FaultSubject {
  static let imageCopies: FaultSubject = {
    func report(
      _ alter: @escaping @Sendable (inout ImageCopiesPlan) -> Void
    ) -> @Sendable () throws -> ExperimentReport {
      {
        try ExperimentConfiguration.finished(
          "image_copies", UnitDriverTests.small["image_copies"] ?? [],
          changing: ImageCopiesPlan.self, alter)
      }
    }
    func swapped(
      _ source: ImageCopiesPlan.Source, _ other: ImageCopiesPlan.Source
    ) -> @Sendable () throws -> ExperimentReport {
      report { $0.drawn = { $0 == source ? other : $0 } }
    }
    return FaultSubject(
      experiment: "image_copies", healthy: report { _ in },
      faults: [
        ExperimentFault(
          name: "a network that knows nothing", fails: ["few_are_copied", "fall", "nearer"],
          report: swapped(.network, .zero)),
        ExperimentFault(
          name: "a network that memorises", fails: ["many_are_not", "fall"],
          report: swapped(.network, .memorizing)),
        ExperimentFault(
          name: "Gaussians in place of memorising", fails: ["exact_copies"],
          report: swapped(.memorizing, .gaussian)),
        ExperimentFault(
          name: "memorising in place of one Gaussian", fails: ["gaussian_copies"],
          report: swapped(.gaussian, .memorizing)),
        ExperimentFault(
          name: "memorising in place of the score 0", fails: ["zero_copies"],
          report: swapped(.zero, .memorizing)),
        ExperimentFault(
          name: "copies in place of images left out", fails: ["null"],
          report: swapped(.fresh, .memorizing)),
        ExperimentFault(
          name: "the images of another n", fails: ["nested"],
          report: report { $0.compared = { [count = $0.split.counts.count] in count - 1 - $0 } }),
      ])
  }()
}
