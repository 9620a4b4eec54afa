import ScoreCore

@testable import ScoreLab

/// The one line that reading a configuration gives.
func message(
  _ text: String, catalog: [DistributionCatalog.Entry] = TestCatalog.all
) -> String {
  do {
    let read = try RunConfiguration.parse(text: text, file: "run.yaml", catalog: catalog)
    return "no error: \(read.yaml)"
  } catch {
    return error.description
  }
}
