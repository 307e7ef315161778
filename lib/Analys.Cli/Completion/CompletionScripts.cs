namespace Analys.Cli.Completion;

/// <summary>The scripts that let a shell ask <c>analys __complete SHELL LINE</c> what may follow.</summary>
internal static class CompletionScripts
{
    /// <summary>The hidden call that the scripts make.</summary>
    public const string Call = "__complete";

    // Bash has taken a word apart at = and : before it asks; what stands before them must not come back.
    private const string Bash = """
        # analys completion for bash: put  eval "$(analys completion bash)"  into ~/.bashrc
        _analys() {
          local IFS=$'\n'
          COMPREPLY=($("${COMP_WORDS[0]}" __complete bash "${COMP_LINE:0:COMP_POINT}" 2>/dev/null))
          if [ "${#COMPREPLY[@]}" -eq 1 ]; then
            case "${COMPREPLY[0]}" in *=|*:|*,) compopt -o nospace 2>/dev/null ;; esac
          fi
        }
        complete -o bashdefault -o default -F _analys analys
        """;

    private const string Zsh = """
        #compdef analys
        # analys completion for zsh: put  eval "$(analys completion zsh)"  into ~/.zshrc, after compinit
        _analys() {
          local -a candidates
          candidates=("${(@f)$(command ${words[1]} __complete zsh "${(j: :)words[1,CURRENT]}" 2>/dev/null)}")
          if [[ -n "${candidates[1]}" ]]; then
            _describe 'analys' candidates
          else
            _files
          fi
        }
        compdef _analys analys
        """;

    private const string Fish = """
        # analys completion for fish: analys completion fish > ~/.config/fish/completions/analys.fish
        function __analys_complete
          set -l found (analys __complete fish (commandline -cp) 2>/dev/null)
          if test (count $found) -gt 0
            printf '%s\n' $found
          else
            __fish_complete_path (commandline -ct)
          end
        end
        complete -c analys -f -a '(__analys_complete)'
        """;

    private const string PowerShell = """
        # analys completion for PowerShell: analys completion powershell | Out-String | Invoke-Expression, in $PROFILE
        Register-ArgumentCompleter -Native -CommandName analys -ScriptBlock {
          param($wordToComplete, $commandAst, $cursorPosition)
          $line = $commandAst.ToString()
          if ($cursorPosition -gt $line.Length) { $line += ' ' } else { $line = $line.Substring(0, $cursorPosition) }
          analys __complete powershell $line 2>$null | ForEach-Object {
            $value, $says = $_ -split "`t", 2
            if (-not $says) { $says = $value }
            $text = if ($value -match '\s') { "'" + $value + "'" } else { $value }
            [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $says)
          }
        }
        """;

    /// <summary>The shells that there is a script for.</summary>
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "powershell"];

    /// <summary>The script of a shell.</summary>
    public static string Of(string shell) => shell switch { "bash" => Bash, "zsh" => Zsh, "fish" => Fish, _ => PowerShell };

    /// <summary>Answers a shell: a candidate a line, as that shell wants it.</summary>
    public static void Answer(string shell, string line, TextWriter output)
    {
        var call = CallLine.Parse(line);
        foreach (var (value, says) in Completer.Of(call))
        {
            output.WriteLine(shell switch
            {
                "bash" => Escaped(AfterBreak(value, call.Current)),
                "zsh" => says.Length == 0 ? value.Replace(":", "\\:", StringComparison.Ordinal)
                    : $"{value.Replace(":", "\\:", StringComparison.Ordinal)}:{says}",
                _ => says.Length == 0 ? value : $"{value}\t{says}",
            });
        }
    }

    private static string AfterBreak(string value, string current) => value[(current.LastIndexOfAny(['=', ':']) + 1)..];

    // A name with spaces is one word to bash only where they are escaped.
    private static string Escaped(string value) => value.Replace(" ", "\\ ", StringComparison.Ordinal);
}
