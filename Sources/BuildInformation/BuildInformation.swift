/// What program this is.
public enum BuildInformation {
  public static let version = "0.1.0"

  /// The commit it was built from, with `+changes` where files differed from it; nil for a build
  /// outside a repository.
  public static var commit: String? { builtCommit.isEmpty ? nil : builtCommit }

  /// Such as `scorefield 0.1.0, commit 1a2b3c4d5e6f`.
  public static var text: String {
    "scorefield \(version)" + (commit.map { ", commit \($0)" } ?? "")
  }
}
