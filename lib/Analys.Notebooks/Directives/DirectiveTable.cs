namespace Analys.Notebooks.Directives;

/// <summary>All directives. The parser, completion, <c>#!lsmagic</c> and the linter read this one table.</summary>
internal static class DirectiveTable
{
    public static IReadOnlyList<Directive> All { get; } =
    [
        new("#r", "\"x.dll\" | \"nuget: Id, Version\"", "Refers to an assembly, or to a package in one exact version.", [], null),
        new("#load", "\"x.csx\"", "Runs a file of C# as a part of the notebook.", [], null),
        new("#!connect", "sqlite --kernel-name NAME \"Data Source=…\"", "Opens a database; #!sql-NAME then queries it.", ["--kernel-name"], ConnectDirective.RunAsync),
        new("#!table", "NAME [VARIABLE] [--from LANGUAGE]", "Lays a variable's table into the database of #!sql under a name.", ["--from"], ShareDirective.TableAsync),
        new("#!share", "--from LANGUAGE VARIABLE [--as NAME]", "Gives the cell's language a variable of another language.", ["--from", "--as"], ShareDirective.RunAsync),
        new("#!set", "--name NAME --value TEXT | @LANGUAGE:VARIABLE | @input:PROMPT", "Sets a variable of the cell's language.", ["--name", "--value"], SetDirective.RunAsync),
        new("#!import", "FILE", "Runs a file: C#, F#, SQL, Markdown, HTML or another notebook.", [], ImportDirective.RunAsync),
        new("#!time", "", "Tells how long the cell took.", [], TimeDirective.RunAsync),
        new("#!who", "", "Names the variables of the cell's language.", [], WhoDirective.NamesAsync),
        new("#!whos", "", "Names the variables of the cell's language with type and value.", [], WhoDirective.DetailsAsync),
        new("#!lsmagic", "", "Lists the languages and the directives.", [], ListDirective.RunAsync),
    ];

    public static Directive? Find(string name) => All.FirstOrDefault(directive => directive.Name == name);
}
