; The installer of Windows: for the person who runs it, without an administrator's rights.
;
;   makensis -NOCD -DVERSION=1.2.3 -DPROGRAM=FOLDER -DTARGET=SETUP.EXE -DICON=cpdesk.ico packaging/windows/cpdesk.nsi
;
; It installs over an older version in place. Data lies in the person's data folder, which nothing here touches.
; Silently: SETUP.EXE /S, and to take it away: "$INSTDIR\uninstall.exe" /S. Exit code 2: cpdesk was open.

Unicode true
SetCompressor /SOLID lzma
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user

!include "MUI2.nsh"
!include "FileFunc.nsh"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\cpdesk"
!define APP_PATH "Software\Microsoft\Windows\CurrentVersion\App Paths\cpdesk.exe"
!define MENU "$SMPROGRAMS\cpdesk"

Name "cpdesk"
OutFile "${TARGET}"
InstallDir "$LOCALAPPDATA\Programs\cpdesk"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
BrandingText "cpdesk ${VERSION}"

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "cpdesk"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "Installer of cpdesk"
VIAddVersionKey "LegalCopyright" "cpdesk"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\cpdesk.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"

LangString RUNNING ${LANG_ENGLISH} "cpdesk is open. Close it, then choose Retry."
LangString RUNNING ${LANG_GERMAN} "cpdesk ist geöffnet. Schließen Sie es und wählen Sie dann Wiederholen."
LangString TERMINAL ${LANG_ENGLISH} "cpdesk command line"
LangString TERMINAL ${LANG_GERMAN} "cpdesk-Befehlszeile"

; Windows lets nobody write to a program that runs: whether that is allowed tells whether one does. A file that is not
; there is no obstacle, and opening one for appending changes nothing in it.
!macro WAIT_UNTIL_CLOSED Un
Function ${Un}WaitUntilClosed
  Push $0
  Push $1
  again:
  StrCpy $1 "$INSTDIR\cpdesk.exe"
  Call ${Un}CanBeWritten
  StrCmp $0 "no" open
  StrCpy $1 "$INSTDIR\cpdesk-cli.exe"
  Call ${Un}CanBeWritten
  StrCmp $0 "yes" closed
  open:
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY again
  SetErrorLevel 2
  Quit
  closed:
  Pop $1
  Pop $0
FunctionEnd

; Takes a path in $1 and answers yes or no in $0.
Function ${Un}CanBeWritten
  StrCpy $0 "yes"
  IfFileExists "$1" 0 done
  ClearErrors
  FileOpen $0 "$1" a
  IfErrors locked
  FileClose $0
  StrCpy $0 "yes"
  Goto done
  locked:
  StrCpy $0 "no"
  done:
FunctionEnd
!macroend
!insertmacro WAIT_UNTIL_CLOSED ""
!insertmacro WAIT_UNTIL_CLOSED "un."

Section "cpdesk"
  Call WaitUntilClosed
  ; What the older version had and this one has not must go. Only what an installer has put there is deleted: whoever
  ; chose a folder with things of their own in it keeps them.
  RMDir /r "$INSTDIR\_internal"
  SetOutPath "$INSTDIR"
  File /r "${PROGRAM}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateDirectory "${MENU}"
  CreateShortcut "${MENU}\cpdesk.lnk" "$INSTDIR\cpdesk.exe"
  CreateShortcut "${MENU}\$(TERMINAL).lnk" "$SYSDIR\cmd.exe" '/k "set PATH=$INSTDIR;%PATH%"' "$INSTDIR\cpdesk-cli.exe"

  WriteRegStr HKCU "${APP_PATH}" "" "$INSTDIR\cpdesk.exe"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "cpdesk"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\cpdesk.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "cpdesk"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" "$0"
SectionEnd

Section "Uninstall"
  Call un.WaitUntilClosed
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\cpdesk.exe"
  Delete "$INSTDIR\cpdesk-cli.exe"
  Delete "$INSTDIR\LICENCES.txt"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  RMDir /r "${MENU}"
  DeleteRegKey HKCU "${APP_PATH}"
  DeleteRegKey HKCU "${UNINSTALL}"
SectionEnd
