/// An open set of members, each under the name people type.
public protocol Catalog {
  associatedtype Entry: CatalogItem
  /// The members, in the order in which lists show them.
  static var all: [Entry] { get }
}

extension Catalog {
  /// The names of the members, in the order in which lists show them.
  public static var names: [String] { all.map(\.name) }

  /// The entry of a name, or nil.
  public static func entry(named name: String) -> Entry? { all.first { $0.name == name } }
}
