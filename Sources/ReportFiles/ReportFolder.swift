public import ScoreClaims
public import ScoreLab

/// The folder of one experiment: its configuration, what is finished of it, and its report.
///
/// ```
/// configuration.yaml   everything that decides the report
/// report.md            claim, checks, figures and tables
/// NAME.csv             every table in full precision, checks.csv among them
/// NAME.svg, .pdf, .png every figure
/// units/               finished units of long experiments, from which an interrupted one goes on
/// ```
///
/// Nobody else can write in the folder while a value of this kind exists, unless both share it.
public struct ReportFolder: Sendable {
  public let path: String
  private let lock: FolderLock

  /// Whether others are kept out; some network file systems keep no locks.
  public var isExclusive: Bool { lock.isExclusive }

  /// Where finished units go; `warn` gets one line for every unit that is damaged.
  public func store(warn: @escaping @Sendable (String) -> Void = { _ in }) -> FolderStore {
    FolderStore(path: "\(path)/units", warn: warn)
  }

  /// What a folder keeps of finished units, to be read without a lock; there may be no folder.
  public static func storeToRead(
    path: String, warn: @escaping @Sendable (String) -> Void
  ) -> FolderStore {
    FolderStore(path: "\(path)/units", warn: warn)
  }

  /// Makes the folder, or takes up one that holds the same configuration.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - configuration: The experiment.
  ///   - isShared: Whether others may work on other units in it at the same time.
  /// - Throws: ``FileError`` when it cannot be made, is in use by another process, or holds another
  ///   configuration.
  public init(
    path: String, configuration: ExperimentConfiguration, shared isShared: Bool = false
  ) throws(FileError) {
    self.path = path
    try Folder.create(path)
    // Before anything is read: the configuration of two that start at once would be that of one.
    lock = try FolderLock(path, shared: isShared)
    let file = "\(path)/configuration.yaml"
    if let held = try Self.text(ofFile: file) {
      guard held == configuration.yaml else {
        throw FileError(
          path: path,
          reason: "holds an experiment with another configuration; remove it or give another "
            + "--output")
      }
    }
    try Folder.create("\(path)/units")
    try FileWriter.writeAtomically(configuration.yaml, to: file)
  }

  private static func text(ofFile file: String) throws(FileError) -> String? {
    guard FileReader.exists(file) else { return nil }
    return try FileReader.text(file, limit: 1 << 20)
  }

  /// Writes the report; the summary last, so that whoever finds it finds everything.
  ///
  /// - Throws: ``FileError``; files written before are whole.
  public func write(
    _ report: ExperimentReport, command: String, program: String
  ) throws(FileError) {
    for table in report.tables + [ReportText.checks(report)] {
      try FileWriter.writeAtomically(table.csv, to: "\(path)/\(table.name).csv")
    }
    for figure in report.figures {
      try FileWriter.writeAtomically(FigureFile.svg(figure), to: "\(path)/\(figure.name).svg")
      try FileWriter.writeAtomically(FigureFile.pdf(figure), to: "\(path)/\(figure.name).pdf")
      try FileWriter.writeAtomically(FigureFile.png(figure), to: "\(path)/\(figure.name).png")
    }
    try FileWriter.writeAtomically(
      ReportText.markdown(report, command: command, program: program), to: "\(path)/report.md")
  }
}
