metadata description = 'Types that several modules share.'

@export()
@description('Tags by name.')
type Tags = {
  @description('The tag\'s value.')
  *: string
}
