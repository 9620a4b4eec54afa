@testable import ScoreLab

/// The one line that reading a configuration gives.
func message(_ text: String) -> String {
  do {
    let read = try RunConfiguration.parse(text: text, file: "run.yaml", catalog: TestCatalog.all)
    return "no error: \(read.yaml)"
  } catch {
    return error.description
  }
}
