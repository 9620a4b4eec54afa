/// Distributions are listed, described and read like the members of every other catalog.
extension DistributionCatalog.Entry: CatalogItem {
  /// Checks values together; data files are not read.
  ///
  /// - Throws: ``ParameterError`` naming the parameter and what is allowed.
  public func check(_ values: [String: ParameterValue]) throws(ParameterError) {
    let checked = try CatalogParameters(values, describedBy: parameters)
    do {
      _ = try make(checked, NoData())
    } catch let failure as ParameterError {
      throw failure
    } catch {
      // Data that cannot be read is reported when it is read, by the file's own error.
    }
  }
}

/// Stands in for data files while a configuration is only checked.
private struct NoData: DataSource {
  struct NotRead: Error {}

  func table(file: String, columns: [String]) throws -> DataTable { throw NotRead() }
}
